// A snapshot drawn over the picture: figure, angle, count, set, ring of a hold or rest, countdown.
const LINE = "#ffffff", EDGE = "rgba(0,0,0,.65)", WARM = "#ffb454";

export function draw(canvas, snapshot, bones, mirrored) {
  const box = canvas.getBoundingClientRect(), scale = devicePixelRatio || 1;
  canvas.width = Math.round(box.width * scale);
  canvas.height = Math.round(box.height * scale);
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.width, canvas.height);
  if (!snapshot) return;
  const unit = Math.min(canvas.width, canvas.height) / 20;
  if (snapshot.marks) figure(pen, snapshot.marks, bones, mirrored, unit);
  card(pen, snapshot, unit);
  ring(pen, snapshot, unit);
}

function figure(pen, marks, bones, mirrored, unit) {
  const at = (i) => [(mirrored ? 1 - marks[i][0] : marks[i][0]) * pen.canvas.width, marks[i][1] * pen.canvas.height];
  pen.lineCap = "round";
  for (const [color, width] of [[EDGE, 0.4], [LINE, 0.2]]) {
    pen.strokeStyle = color;
    pen.lineWidth = unit * width;
    pen.beginPath();
    for (const [a, b] of bones) {
      if (marks[a][0] === null || marks[b][0] === null) continue;
      pen.moveTo(...at(a));
      pen.lineTo(...at(b));
    }
    pen.stroke();
  }
}

function card(pen, s, unit) {
  const big = s.target ? `${s.done} / ${s.target}` : `${s.count}`;
  const lines = [s.sets > 0 ? `Set ${s.set} of ${s.sets}` : "", s.angle === null ? "" : `${Math.round(s.angle)}°`].filter(Boolean);
  pen.font = `800 ${unit * 2.4}px system-ui, sans-serif`;
  const width = Math.max(pen.measureText(big).width, unit * 4.5) + unit;
  pen.fillStyle = EDGE;
  pen.beginPath();
  pen.roundRect(unit / 2, unit / 2, width, unit * (3.2 + 1.3 * lines.length), unit / 2);
  pen.fill();
  pen.fillStyle = LINE;
  pen.textBaseline = "top";
  pen.textAlign = "left";
  pen.fillText(big, unit, unit * 0.8);
  pen.font = `600 ${unit}px system-ui, sans-serif`;
  lines.forEach((line, i) => pen.fillText(line, unit, unit * (3.4 + 1.3 * i)));
}

function ring(pen, s, unit) {
  let share = 0, text = "", middle = true, radius = unit * 4;
  if (s.countdown !== null && s.countdown !== undefined) [share, text] = [s.countdown / 3, Math.ceil(s.countdown)];
  else if (s.rest !== null && s.rest !== undefined) [share, text] = [s.rest / Math.max(s.rests, 0.1), Math.ceil(s.rest)];
  else if (s.hold > 0 && s.holding > 0) [share, text, middle, radius] = [s.holding / s.hold, Math.floor(s.holding), false, unit * 2.2];
  else return;
  const x = middle ? pen.canvas.width / 2 : pen.canvas.width - radius - unit;
  const y = middle ? pen.canvas.height / 2 : radius + unit;
  pen.fillStyle = EDGE;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
  pen.strokeStyle = WARM;
  pen.lineWidth = unit * 0.5;
  pen.beginPath();
  pen.arc(x, y, radius - unit * 0.4, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * Math.min(share, 1));
  pen.stroke();
  pen.fillStyle = LINE;
  pen.font = `800 ${radius * 0.9}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(String(text), x, y);
}
