import { type ArgsDef, type CommandDef, defineCommand, runCommand } from 'citty'
import pg from 'pg'
import { BadSetting, type Config, readConfig } from '../config.ts'
import type { Deps } from './deps.ts'
import { openDeps, startFailure } from './process.ts'

/** What a command works with; connections open when asked for and end with it. */
export type Io = {
  config: Config
  json: boolean
  /** Role `migrator`: loaders and checks that read every row. */
  owner: () => Promise<pg.Client>
  /** The same as a server's, as role `worker` (longer statements); the door's rules hold. */
  deps: () => Promise<Deps>
  /** Progress, on stderr; silent with `--json`. */
  say: (line: string) => void
}

/** What a command found: lines for a person, `json` for a program. `ok` false: exit code 1. */
export type Outcome = { ok: boolean; lines: readonly string[]; json: unknown }

export type Command = {
  summary: string
  /** citty's: `{ fichier: { type: 'positional', description: '…' }, date: { type: 'string' } }`. `--json` is always there. */
  args?: ArgsDef
  run: (io: Io, args: Record<string, string | boolean | undefined>) => Promise<Outcome>
}
/** By the words typed, `'lieux import'`; loaded when called. */
export type Commands = Readonly<Record<string, () => Promise<Command>>>

/** A wrong use of the command line: exit code 2, with the list of commands. */
export class WrongUse extends Error {}
/** A file that is not what the command takes: one sentence, exit code 2. */
export class BadInput extends Error {}

const JSON_ARG = { json: { type: 'boolean', description: 'Répondre en JSON' } } as const satisfies ArgsDef

const openIo = (json: boolean): { io: Io; close: () => Promise<void> } => {
  // read when it is needed: a command that looks at a file alone works where nothing is set
  let known: Config | undefined
  const settings = () => (known ??= readConfig())
  const ends: (() => Promise<unknown>)[] = []
  let deps: Promise<Deps> | undefined
  const openOnce = async () => {
    const config = settings()
    const opened = await openDeps(config, { url: config.workerUrl ?? config.databaseUrl, name: 'cli', statementTimeout: 60_000, max: 4 })
    ends.push(opened.close)
    return opened
  }
  const io: Io = {
    get config() {
      return settings()
    },
    json,
    owner: async () => {
      const { ownerUrl } = settings()
      if (!ownerUrl) throw new BadSetting('DATABASE_OWNER_URL manque\u00a0: donnez l’adresse de la base avec le rôle migrator.')
      const client = new pg.Client({ connectionString: ownerUrl })
      await client.connect()
      ends.push(() => client.end())
      return client
    },
    deps: () => (deps ??= openOnce()),
    say: (line) => void (json || console.error(line)),
  }
  return { io, close: async () => void (await Promise.all(ends.map((end) => end()))) }
}

const needKnown = (name: string, args: Record<string, unknown>, known: ArgsDef) => {
  const extra = Object.keys(args).find((key) => key !== '_' && !(key in known))
  if (extra) throw new WrongUse(`«\u00a0${name}\u00a0» ne connaît pas --${extra}.`)
  const places = Object.values(known).filter(({ type }) => type === 'positional').length
  const given = Array.isArray(args._) ? args._.length : 0
  if (given > places) throw new WrongUse(`«\u00a0${name}\u00a0» prend ${places} mot${places > 1 ? 's' : ''}, ${given} sont donnés.`)
}

const leaf = (name: string, load: () => Promise<Command>, done: (ok: boolean) => void) => async (): Promise<CommandDef> => {
  const { summary, args = {}, run } = await load()
  const known: ArgsDef = { ...args, ...JSON_ARG }
  return defineCommand({
    meta: { name, description: summary },
    args: known,
    run: async ({ args: given }) => {
      needKnown(name, given, known)
      const { io, close } = openIo(given.json === true)
      try {
        const outcome = await run(io, given)
        console.log(io.json ? JSON.stringify(outcome.json) : outcome.lines.join('\n'))
        done(outcome.ok)
      } finally {
        await close()
      }
    },
  })
}

type Branch = { [word: string]: Branch | (() => Promise<CommandDef>) }

const treeOf = (commands: Commands, done: (ok: boolean) => void): Branch => {
  const tree: Branch = {}
  for (const [name, load] of Object.entries(commands)) {
    const words = name.split(' ')
    const last = words.pop()!
    const branch = words.reduce<Branch>((at, word) => (at[word] ??= {}) as Branch, tree)
    branch[last] = leaf(name, load, done)
  }
  return tree
}

const commandOf = (name: string, tree: Branch): CommandDef =>
  defineCommand({
    meta: { name },
    subCommands: Object.fromEntries(Object.entries(tree).map(([word, at]) => [word, typeof at === 'function' ? at : commandOf(word, at)])),
  })

const usage = async (commands: Commands): Promise<string> => {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => {
      const { summary, args = {} } = await load()
      const places = Object.entries(args).flatMap(([key, arg]) => (arg.type === 'positional' ? [` ${key.toUpperCase()}`] : [` [--${key}]`]))
      return `  ${(name + places.join('')).padEnd(36)} ${summary}`
    }),
  )
  return ['npm run cli -- COMMANDE [--json]', '', ...lines].join('\n')
}

const sentences: Record<string, string> = {
  E_UNKNOWN_COMMAND: 'Cette commande n’existe pas.',
  E_NO_COMMAND: 'Indiquez une commande.',
  EARG: 'Il manque une information à cette commande.',
}

/** Runs what was typed; answers the exit code. */
export const runCli = async (commands: Commands, typed: string[]): Promise<0 | 1 | 2> => {
  let outcome: boolean | undefined
  if (typed.includes('--help') || typed.includes('-h')) {
    console.log(await usage(commands))
    return 0
  }
  try {
    await runCommand(
      commandOf(
        'cli',
        treeOf(commands, (ok) => (outcome = ok)),
      ),
      { rawArgs: typed },
    )
    if (outcome === undefined) throw new WrongUse(sentences.E_UNKNOWN_COMMAND)
    return outcome ? 0 : 1
  } catch (error) {
    if (error instanceof BadInput) {
      console.error(error.message)
      return 2
    }
    const sentence =
      error instanceof WrongUse ? error.message : error instanceof Error && 'code' in error ? sentences[String(error.code)] : undefined
    console.error(sentence ? `${sentence}\n\n${await usage(commands)}` : startFailure(error))
    return sentence ? 2 : 1
  }
}
