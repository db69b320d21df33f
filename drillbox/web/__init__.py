"""drillbox in a browser: `drillbox serve` (extra `drillbox[web]`).

The app runs in a process of its own for every tab, and the tab is its terminal. What is
covered: requests that do not know the token, that name another host (DNS rebinding) or
come from another page (Origin) get 403; nothing is fetched from elsewhere; no process
outlives its tab or the server. What is not: there is no TLS and no log-in, and whoever
knows the address runs code on this machine, as the learner does.
"""
