import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Courriel, startCatcher } from '../../simulateurs/src/courriel.ts'
import type { Config } from '../src/config.ts'

/** A mail as a person meets it: what it says, the one link to follow, the code to type. */
export type Received = Courriel & { modele: string; lien: string | null; code: string | null }

export type Mailbox = {
  /** Settings of the world whose mails come here. */
  config: Pick<Config, 'smtpUrl' | 'courrielsDir'>
  /** Every mail received, the newest first. */
  all: () => Promise<Received[]>
  /** The newest mail of an address, of one model when it is named. @throws when there is none */
  last: (adresse: string, modele?: string) => Promise<Received>
  empty: () => Promise<void>
  close: () => Promise<void>
}

const received = (mail: Courriel): Received => ({
  ...mail,
  modele: mail.entetes['x-pass-modele'] ?? '',
  lien: /https?:\/\/\S+/.exec(mail.texte)?.[0] ?? null,
  code: /^(\d{3}) (\d{3})$/m.exec(mail.texte)?.slice(1).join('') ?? null,
})

/** A real mail server on a free port, and the folder where it writes what it receives. */
export const openMailbox = async (): Promise<Mailbox> => {
  const dir = await mkdtemp(join(tmpdir(), 'courriels-'))
  const catcher = await startCatcher({ port: 0, dir })
  const files = async () => (await readdir(dir)).filter((name) => name.endsWith('.json')).toSorted()
  const all = async () =>
    Promise.all((await files()).map(async (name) => received(JSON.parse(await readFile(join(dir, name), 'utf8')) as Courriel)))
  return {
    config: { smtpUrl: `smtp://127.0.0.1:${catcher.port}`, courrielsDir: dir },
    all,
    last: async (adresse, modele) => {
      const mails = await all()
      const found = mails.find((mail) => mail.a === adresse.toLowerCase() && (!modele || mail.modele === modele))
      if (!found)
        throw new Error(`no mail ${modele ?? ''} to ${adresse}; received: ${mails.map((mail) => `${mail.modele} → ${mail.a}`).join(', ')}`)
      return found
    },
    empty: async () => {
      await Promise.all((await files()).map((name) => rm(join(dir, name), { force: true })))
    },
    close: async () => {
      await catcher.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
