// bpmn-engine runs the permit in memory; instances per CPU second, as JSON.
import { createRequire } from 'node:module';
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { text } from 'node:stream/consumers';

const [, , modules] = process.argv;
const resolve = createRequire(`${modules}/`).resolve;
const { Engine } = await import(pathToFileURL(resolve('bpmn-engine')).href);
const given = JSON.parse(await text(process.stdin));
const COUNT = 60;

async function played(engine) {
  const listener = new EventEmitter();
  let steps = 0;
  listener.on('activity.wait', (api) => {
    Object.assign(api.environment.output, given.outputs[api.id] || {});
    steps += 1;
    api.signal();
  });
  const done = engine.waitFor('end');
  await engine.execute({ listener });
  await done;
  if (steps !== given.steps) throw new Error(`${steps} steps`);
}

const engine = new Engine({ name: 'permit', source: given.xml });
await played(engine);
const times = [];
for (let round = 0; round < 3; round += 1) {
  const began = process.cpuUsage();
  for (let number = 0; number < COUNT; number += 1) await played(engine);
  const { user, system } = process.cpuUsage(began);
  times.push((user + system) / 1e6);
}
console.log(JSON.stringify({ instances: COUNT / Math.min(...times) }));
