// Checks what npm fetched against native.sha256 before anything of it is loaded, and makes the symbolic links that
// PostgreSQL's package only lists (install scripts do not run here). A stamp spares later starts the hashing.
//
//   node native/verify.mjs            checks this platform's packages; exits with 1 and a sentence where one differs
//   node native/verify.mjs --digest DIR    prints the digest of a package's files, for a new line of native.sha256
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.verified');
const platform = `${process.platform}-${process.arch}`;
const again = "Delete native/node_modules and run 'npm ci --prefix native' again.";

class Problem extends Error {}

/** Every regular file below a folder, in the order of its bytes; links are ours and not part of a package. */
function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** One digest of all names and contents. */
function digest(folder) {
  const tree = createHash('sha256');
  for (const file of files(folder)) {
    const content = createHash('sha256').update(readFileSync(file)).digest('hex');
    tree.update(`${content}  ${relative(folder, file).split(sep).join('/')}\n`);
  }
  return tree.digest('hex');
}

/** Cheap to compute, and different once a file is replaced or cut short. */
function state(packages) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'native.sha256')));
  for (const { folder } of packages) {
    for (const file of files(folder)) {
      const { size, mtimeMs, ctimeMs } = lstatSync(file);
      hash.update(`${relative(root, file)} ${size} ${mtimeMs} ${ctimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

function pinned() {
  const lines = readFileSync(join(root, 'native.sha256'), 'utf8').split('\n').filter(line => line.trim() !== '');
  return lines.map(line => line.split(/\s+/)).map(([sum, name]) => ({ sum, name, folder: join(modules, name) }));
}

function expected() {
  const packages = pinned().filter(({ name }) => name.endsWith(platform));
  if (packages.length === 0) {
    throw new Problem(`PostgreSQL is not pinned for ${platform}: Landfall cannot run here yet. native/native.sha256 lists the platforms.`);
  }
  const missing = packages.find(({ folder }) => !existsSync(folder));
  if (missing) {
    throw new Problem(`${missing.name} is missing below native/node_modules. Run 'npm ci --prefix native'.`);
  }
  return packages;
}

function check({ name, sum, folder }) {
  if (digest(folder) !== sum) {
    throw new Problem(`${name} differs from what native/native.sha256 pins. Nothing of it was loaded. ${again}`);
  }
}

/** The package's list names links relative to its folder; none may lead out of it. */
function link({ name, folder }) {
  const list = join(folder, 'native', 'pg-symlinks.json');
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) {
    const [from, to] = [resolve(folder, source), resolve(folder, target)];
    if (![from, to].every(path => path.startsWith(folder + sep))) {
      throw new Problem(`${name} lists a link that leads out of its folder: ${target}. ${again}`);
    }
    if (!lstatSync(to, { throwIfNoEntry: false })) {
      symlinkSync(relative(dirname(to), from), to);
    }
  }
}

function verify() {
  const packages = expected();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state(packages)) {
    return;
  }
  rmSync(stamp, { force: true });
  packages.forEach(check);
  packages.forEach(link);
  writeFileSync(`${stamp}.${process.pid}`, state(packages));
  renameSync(`${stamp}.${process.pid}`, stamp);
}

try {
  if (process.argv[2] === '--digest') {
    console.log(digest(resolve(process.argv[3])));
  } else {
    verify();
  }
} catch (problem) {
  if (!(problem instanceof Problem)) {
    throw problem;
  }
  console.error(`landfall: ${problem.message}`);
  process.exitCode = 1;
}
