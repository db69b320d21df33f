"use strict";
// The page's own address leads to its websocket, whatever name the server is reached by.
// A file that the app offers is saved without a window, which browsers would block, and
// is asked for below this page's own address, which holds the token.
const openWindow = window.open;
window.open = (url, ...how) => {
  const key = /\/download\/([^/?]+)/.exec(url)?.[1];
  if (!key) return openWindow.call(window, url, ...how);
  const link = document.createElement("a");
  link.href = new URL(`download/${key}`, location.href).href;
  link.download = "";
  link.click();
  return null;
};
document.addEventListener("DOMContentLoaded", () => {
  const socket = new URL("ws", location.href);
  socket.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  document.getElementById("terminal").dataset.sessionWebsocketUrl = socket.href;
  document.getElementById("again").addEventListener("click", () => location.reload());
  // Keys work without a click: once the app has painted, and once it has ended.
  new MutationObserver(() => {
    const closed = document.body.classList.contains("-closed");
    const at = closed ? "#again" : ".xterm-helper-textarea";
    document.querySelector(at)?.focus();
  }).observe(document.body, { attributeFilter: ["class"] });
});
