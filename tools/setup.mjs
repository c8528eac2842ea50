// What has to be there before any task: the dependencies, a recent Node.js, the generated client, the built apps.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { at, exists, isStopping, launch, needSpace, node, program, root, say, shutdown, Stop } from './common.mjs'

const SKIP = /^(node_modules|dist|\.data)$|\.test\.tsx?$/

/**
 * Runs `work` only when the content of a named file or folder changed since it last succeeded, or its output is missing.
 * @param {string} name @param {string[]} inputs @param {string} output @param {() => Promise<void>} work
 */
async function once(name, inputs, output, work) {
  const hash = createHash('sha256')
  const add = (/** @type {string} */ path) => {
    if (!existsSync(path)) return
    if (statSync(path).isDirectory()) {
      for (const entry of readdirSync(path).toSorted()) if (!SKIP.test(entry)) add(join(path, entry))
    } else hash.update(path.slice(root.length)).update(readFileSync(path))
  }
  for (const input of inputs) add(at(input))
  const digest = hash.digest('hex')
  const stamp = at('node_modules/.stamps', name)
  if (exists(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  say(name)
  await work()
  if (isStopping()) return
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, digest)
}

const manifest = () => JSON.parse(readFileSync(at('package.json'), 'utf8'))
const isRecent = () => Number(process.versions.node.split('.')[0]) >= 24
const packagedNode = () => `node-${platform()}-${arch()}`

/** Brings the dependencies with the pinned pnpm, when the lock changed. */
export async function install() {
  const { packageManager, optionalDependencies } = manifest()
  if (!isRecent() && !(packagedNode() in optionalDependencies))
    throw new Stop(
      `Sur ce système, Node.js 24 ou plus récent est nécessaire (ici ${process.versions.node})\u00a0: installez-le depuis https://nodejs.org, puis relancez la commande.`,
    )
  await once(
    'installation des dépendances',
    ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'],
    'node_modules/.modules.yaml',
    async () => {
      needSpace(1500)
      const env = {
        CI: 'true',
        npm_config_fetch_retries: '2',
        npm_config_fetch_retry_mintimeout: '1000',
        npm_config_fetch_retry_maxtimeout: '5000',
      }
      const args = ['--yes', packageManager.replace(/\+.*/, ''), 'install', '--frozen-lockfile', '--reporter=append-only']
      const { code, output } = await program('npx', args, { env, timeout: 15 * 60_000 })
      if (code === 0 || isStopping()) return
      if (/ENOSPC|no space left/i.test(output))
        throw new Stop('Le disque est plein\u00a0: libérez au moins 1500 Mo, puis relancez la commande.')
      if (
        /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|META_FETCH_FAIL|error sending request/i.test(
          output,
        )
      )
        throw new Stop(
          'Les dépendances ne peuvent pas être téléchargées\u00a0: vérifiez la connexion à Internet (ou le proxy de npm), puis relancez la commande.',
        )
      mkdirSync(at('.data'), { recursive: true })
      writeFileSync(at('.data/install.log'), output)
      throw new Stop('L’installation des dépendances a échoué\u00a0: lisez .data/install.log, corrigez, puis relancez la commande.')
    },
  )
}

/** Goes on under the Node.js that the registry ships when the machine's is older than 24; then never returns. */
export async function needNode24() {
  if (isRecent()) return
  const require = createRequire(at('package.json'))
  let bin
  try {
    bin = join(dirname(require.resolve(`${packagedNode()}/package.json`)), 'bin/node')
  } catch {
    throw new Stop('Node.js 24 manque dans node_modules\u00a0: supprimez le dossier node_modules, puis relancez la commande.')
  }
  // in our own process group: the inner process is the one that reads the terminal's signals
  const env = { ...process.env, PATH: `${at('node_modules/.bin')}:${process.env.PATH}` }
  const child = launch(bin, process.argv.slice(1), { stdio: 'inherit', env, cwd: process.cwd(), detached: false }, 60_000)
  child.once('error', () => {
    console.error(
      'Le Node.js 24 fourni ne fonctionne pas sur ce système\u00a0: installez Node.js 24 depuis https://nodejs.org, puis relancez la commande.',
    )
    void shutdown(1)
  })
  child.once('exit', (code) => void shutdown(code ?? 1))
  await new Promise(() => {})
}

/** Prisma's client, made from the schema. */
export async function generate() {
  if (!exists('prisma/schema/schema.prisma')) return
  const output = 'apps/api/src/platform/prisma/client.ts'
  await once('génération du client Prisma', ['prisma/schema', 'prisma/prisma.config.ts', 'pnpm-lock.yaml'], output, () =>
    prisma(['generate']),
  )
}

/** Every browser app, whose sources or shared packages changed. */
export async function build() {
  for (const name of readdirSync(at('apps')).toSorted()) {
    const app = `apps/${name}`
    if (!exists(`${app}/index.html`)) continue
    await once(`construction de ${app}`, [app, 'packages', 'pnpm-lock.yaml', 'tsconfig.base.json'], `${app}/dist/index.html`, async () => {
      const { code, output } = await node(at(app, 'node_modules/vite/bin/vite.js'), ['build', '--logLevel', 'warn'], {
        cwd: at(app),
        env: { NODE_ENV: 'production' },
      })
      if (code !== 0 && !isStopping()) throw new Stop(`La construction de ${app} a échoué\u00a0: corrigez l’erreur ci-dessous.\n${output}`)
    })
  }
}

/** Prisma's command line, offline: its engine is ours. @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
export async function prisma(args, env = {}) {
  const settings = {
    PRISMA_SCHEMA_ENGINE_BINARY: at('tools/schema-engine.mjs'),
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    PATH: `${at('node_modules/.bin')}:${process.env.PATH}`, // the engine's first line asks for `node`: ours
  }
  const { code, output } = await node(at('node_modules/prisma/build/index.js'), [...args, '--config', at('prisma/prisma.config.ts')], {
    env: { ...settings, ...env },
  })
  if (code !== 0 && !isStopping())
    throw new Stop(`La commande prisma ${args.join(' ')} a échoué\u00a0: corrigez l’erreur ci-dessous.\n${output}`)
}
