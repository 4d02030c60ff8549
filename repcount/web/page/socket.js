// The way of talking that is tried first: one WebSocket, two pictures under way.
export class Socket {
  constructor(on) {
    this.most = 2;
    const address = new URL("socket", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(address);
    this.socket.onopen = () => on.open();
    this.socket.onmessage = (message) => on.answer(JSON.parse(message.data));
    this.socket.onclose = (event) => on.close(event.code, event.reason);
  }

  get ready() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  text(words) {
    this.socket.send(words);
  }

  picture(packet) {
    this.socket.send(packet);
  }

  drop() {
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }
}
