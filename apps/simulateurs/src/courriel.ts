// The letter box of the demonstration and of the tests: a real SMTP listener that keeps what it receives, and sends nothing on.
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime, { type Address } from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'

/** One mail received, as its file holds it. */
export type Courriel = {
  id: string
  at: string
  /** « Pass numérique – Ville <adresse@…> » */
  de: string
  a: string
  objet: string
  texte: string
  html: string | null
  entetes: Record<string, string>
}

type Options = {
  /** 0 takes a free one. */
  port: number
  dir: string
  host?: string
  /** How many mails are kept, the newest. */
  keep?: number
}

const MAX_BYTES = 2 * 1024 * 1024
/** Later than any mail: what is left until then sorts the newest first. */
const FAR = 10_000_000_000_000

const shown = (address: Address | undefined) => (address ? [address.name, `<${address.address ?? ''}>`].filter(Boolean).join(' ') : '')
const bare = (address: Address | undefined) => (address?.address ?? '').toLowerCase()

const read = async (stream: SMTPServerDataStream): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  if (stream.sizeExceeded) throw new Error('message trop grand')
  return Buffer.concat(chunks)
}

const parse = async (id: string, raw: Buffer): Promise<Courriel> => {
  const mail = await PostalMime.parse(raw)
  return {
    id,
    // the sender's date: in a demonstration its clock may have been moved
    at: new Date(mail.date ?? Date.now()).toISOString(),
    de: shown(mail.from),
    a: (mail.to ?? []).map(bare).join(', '),
    objet: mail.subject ?? '',
    texte: mail.text ?? '',
    html: mail.html ?? null,
    entetes: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
  }
}

/** A reader never meets half a file: it is written aside, then takes its name. */
const keepMail = async (dir: string, mail: Courriel): Promise<void> => {
  const aside = join(dir, `.${mail.id}.tmp`)
  await writeFile(aside, JSON.stringify(mail, null, 1), { mode: 0o600 })
  await rename(aside, join(dir, `${mail.id}.json`))
}

const prune = async (dir: string, keep: number): Promise<void> => {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.json')).toSorted()
  await Promise.all(names.slice(keep).map((name) => rm(join(dir, name), { force: true })))
}

/** Starts listening; every mail received becomes one file of `dir`, whose names sort the newest first. */
export const startCatcher = async ({
  port,
  dir,
  host = '127.0.0.1',
  keep = 500,
}: Options): Promise<{ port: number; close: () => Promise<void> }> => {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  let received = 0
  const nextId = () => `${FAR - Date.now()}-${String(999_999 - (received++ % 1_000_000)).padStart(6, '0')}`
  const server = new SMTPServer({
    banner: 'Pass numérique, boîte de démonstration',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    closeTimeout: 500,
    onData: (stream, _session, answer) => {
      const id = nextId()
      read(stream)
        .then((raw) => parse(id, raw))
        .then((mail) => keepMail(dir, mail))
        .then(() => prune(dir, keep))
        .then(() => answer(), answer)
    },
  })
  // a client that leaves in the middle is not the catcher's end
  server.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
