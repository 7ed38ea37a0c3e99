// One connection to the server for all tabs. It tells each tab how its page is told from an older one, and what is wrong.

const tabs = new Map();
let last;

const ask = (path) => fetch(`page?at=${encodeURIComponent(path)}`).then((response) => response.json()).catch(() => ({}));

async function tell(ports) {
  const asked = new Map();
  for (const port of ports) {
    const path = tabs.get(port);
    if (!asked.has(path)) asked.set(path, ask(path));
    port.postMessage({ ...last, ...(await asked.get(path)) });
  }
}

function hear(port) {
  port.onmessage = ({ data }) => {
    if (data.path === undefined) return tabs.delete(port);
    tabs.set(port, data.path);
    if (last) tell([port]);
  };
}

new EventSource('events').onmessage = ({ data }) => {
  last = JSON.parse(data);
  tell([...tabs.keys()]);
};

// As a worker of one tab alone, where tabs can't share one.
if ('onconnect' in self) self.onconnect = ({ ports }) => hear(ports[0]);
else hear(self);
