// The one WebSocket: kept open, and opened again whenever it is lost.

import { toast } from "./toasts.js";

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;
const connection = { socket: null, live: false, wait: FIRST_WAIT, timer: 0, receive: null, lost: null };
const userId = Number.parseInt(new URLSearchParams(location.search).get("user"), 10) || 1;

export const isLive = () => connection.live;

/** Connects for good: every frame goes to `receive`, and `lost` is called each time the connection breaks. */
export function stayConnected(receive, lost) {
  Object.assign(connection, { receive, lost });
  window.addEventListener("online", () => { if (!connection.live && connection.socket?.readyState === WebSocket.CLOSED) connect(); });
  connect();
}

function connect() {
  clearTimeout(connection.timer);
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws?user=${userId}`);
  connection.socket = socket;
  socket.addEventListener("message", ({ data }) => connection.receive(JSON.parse(data)));
  socket.addEventListener("close", () => {
    if (connection.socket !== socket) return;
    connection.live = false;
    connection.lost();
    document.body.classList.add("offline");
    connection.timer = setTimeout(connect, connection.wait);
    connection.wait = Math.min(connection.wait * 2, LONGEST_WAIT);
  });
}

/** The server has greeted: from here on frames can be sent. */
export function greeted() {
  Object.assign(connection, { live: true, wait: FIRST_WAIT });
  document.body.classList.remove("offline");
}

/** Sends a frame; false, and a word to the reader, while there is no connection. */
export function transmit(frame) {
  if (!connection.live) {
    toast("Not connected. Trying again…");
    return false;
  }
  connection.socket.send(JSON.stringify(frame));
  return true;
}
