// What is asked and what is shown as a table.
export function wishes(by) {
  const [kind, name] = by("exercise").value.split(":");
  const whole = (id) => (by(id).value ? Number(by(id).value) : null);
  const start = { do: "start", pain: whole("pain-before") };
  if (kind === "plan") return { ...start, plan: name };
  if (name === "auto") return { ...start, exercise: name };
  return { ...start, exercise: name, sets: whole("sets"), reps: whole("reps"), side: by("side").value, range: by("range").value };
}

export function fillPain(list) {
  const words = { 0: "0, none", 10: "10, the worst" };
  list.replaceChildren(new Option("Not said", ""), ...Array.from({ length: 11 }, (_, level) => new Option(words[level] ?? level, level)));
}

export function rowTable(row) {
  const table = document.createElement("table");
  table.createCaption().textContent = row.exercise.replaceAll("-", " ");
  for (const [name, value] of Object.entries(row)) {
    if (["exercise", "source"].includes(name) || value === "" || value === null) continue;
    const line = table.insertRow(), head = document.createElement("th");
    head.scope = "row";
    head.textContent = name.replaceAll("_", " ");
    line.append(head);
    line.insertCell().textContent = String(value);
  }
  return table;
}
