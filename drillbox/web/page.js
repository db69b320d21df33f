"use strict";
// The page's own address leads to its websocket, whatever name the server is reached by.
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
