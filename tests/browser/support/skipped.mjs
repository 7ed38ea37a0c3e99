// A reporter that fails the run where a test was skipped or put off, or where a file holds none: nothing of that may read as passed.

export default async function* skipped(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass') continue;
    // Node reports a file without tests as one test that passes, under the file's own name.
    const missing = data.name === data.file;
    if (data.skip === undefined && data.todo === undefined && !missing) continue;
    process.exitCode = 1;
    yield `error: ${missing ? 'no test' : `skipped: ${data.name}`} in ${data.file}\n`;
  }
}
