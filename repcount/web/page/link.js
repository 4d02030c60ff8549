// The connection: one socket, at most two pictures under way, opened again by itself when it is lost.
export class Link {
  constructor(heard, stateOf) {
    this.heard = heard;
    this.stateOf = stateOf;
    this.underWay = 0;
    this.number = 0;
    this.wait = 500;
    this.key = localStorage.getItem("repcount-key") || this.newKey();
    this.open();
  }

  newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    localStorage.setItem("repcount-key", key);
    return key;
  }

  open() {
    const address = new URL("socket", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(address);
    this.socket.onopen = () => {
      this.wait = 500;
      this.underWay = 0;
      this.order({ do: "camera", key: this.key });
    };
    this.socket.onmessage = (message) => {
      const answer = JSON.parse(message.data);
      if (answer.n !== undefined) this.underWay = Math.max(0, this.underWay - 1);
      if (answer.role) this.stateOf("open", answer.role);
      this.heard(answer);
    };
    this.socket.onclose = (event) => {
      this.stateOf("lost", event.reason);
      setTimeout(() => this.open(), this.wait);
      this.wait = Math.min(this.wait * 2, 5000);
    };
  }

  get ready() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  get free() {
    return this.ready && this.underWay < 2;
  }

  order(what) {
    if (this.ready) this.socket.send(JSON.stringify(what));
  }

  picture(stampMs, jpeg) {
    if (!this.ready) return;
    const packet = new Uint8Array(12 + jpeg.byteLength);
    const head = new DataView(packet.buffer);
    head.setFloat64(0, stampMs, true);
    head.setUint32(8, (this.number = (this.number + 1) >>> 0), true);
    packet.set(new Uint8Array(jpeg), 12);
    this.socket.send(packet);
  }
}
