// Runs before `npm start`, `npm test` and `npm run demo`, on whatever Node npm found: old JavaScript only.
const running = Number(process.versions.node.split('.')[0])
const program = require('node:path').join(__dirname, '..', '..', 'node_modules', '.bin', 'node')

if (running < 24) {
  process.stderr.write(`Kvitt runs on Node 24, and this is Node ${process.versions.node}.\n\n  ${reason()}\n`)
  process.exit(1)
}

function reason() {
  if (!require('node:fs').existsSync(program)) return 'npm ci brings Node 24: run it first.'
  const { error } = require('node:child_process').spawnSync(program, ['--version'])
  if (!error) return 'Start it with npm, which finds the Node 24 that npm ci brought.'
  return `npm ci brought Node 24, but ${program} cannot be run here (${error.code}). Is its file system mounted noexec? Put Kvitt in a folder where programs may be run.`
}
