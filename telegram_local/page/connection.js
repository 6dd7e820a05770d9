// The one WebSocket: kept open, and opened again whenever it is lost.

import { toast } from "./toasts.js";

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;
const connection = { socket: null, live: false, wait: FIRST_WAIT, timer: 0, receive: null, lost: null, refused: null };
const userId = Number.parseInt(new URLSearchParams(location.search).get("user"), 10) || 1;

export const isLive = () => connection.live;

/**
 * Connects for good: every frame goes to `receive`; `lost` is called each time the connection breaks, and `refused` where
 * there is a server, but one that does not know this page's key.
 */
export function stayConnected(receive, { lost, refused }) {
  Object.assign(connection, { receive, lost, refused });
  window.addEventListener("online", () => { if (!connection.live && connection.socket?.readyState === WebSocket.CLOSED) connect(); });
  connect();
}

function connect() {
  clearTimeout(connection.timer);
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws?user=${userId}`);
  let opened = false;
  connection.socket = socket;
  socket.addEventListener("open", () => { opened = true; });
  socket.addEventListener("message", ({ data }) => connection.receive(JSON.parse(data)));
  socket.addEventListener("close", () => {
    if (connection.socket !== socket) return;
    connection.live = false;
    connection.lost();
    document.body.classList.add("offline");
    connection.timer = setTimeout(connect, connection.wait);
    connection.wait = Math.min(connection.wait * 2, LONGEST_WAIT);
    if (!opened) askWhy();
  });
}

/** A WebSocket does not say why it was refused; an ordinary request does. */
async function askWhy() {
  try {
    const { status } = await fetch("/", { method: "HEAD", cache: "no-store" });
    if (status === 403) connection.refused();
  } catch {
    // no server: it is being started anew
  }
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
