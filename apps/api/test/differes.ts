import { randomUUID } from 'node:crypto'
import { signQr } from '../src/platform/codes.ts'
import { ORG } from '../../../prisma/seed/base/ids.ts'
import type { StockCarnet } from '../../../prisma/seed/base/stock.ts'
import type { Caller, World } from './world.ts'

/** A device of this person's structure, known by the counter; its id. */
export const declare = async (who: Caller, nom = 'Téléphone d’essai', id: string = randomUUID()): Promise<string> => {
  const answer = await who.put(`/guichet/appareils/${id}`, { nom })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return id
}

type Queued = {
  appareilId: string
  atelierId: string
  pass: string[]
  scanneAt: string
  ecartSecondes?: number | null
  key?: string
}

/** Sends an act made without network, as the queue of a phone does. */
export const sendQueued = (who: Caller, { atelierId, pass, appareilId, scanneAt, ecartSecondes = 0, key = randomUUID() }: Queued) =>
  who.post(
    `/ateliers/${atelierId}/utilisations`,
    { pass, differe: { appareilId, scanneAt: new Date(scanneAt).toISOString(), ecartSecondes } },
    { key },
  )

/** The QR code of the n-th pass (from 0) of a carnet, as printed. */
export const qrOf = ({ deps }: Pick<World, 'deps'>, { id, codes }: StockCarnet, rang = 0, collectiviteId: string = ORG.t1): string =>
  signQr(deps.secrets, { collectiviteId, passId: id * 10n + BigInt(rang), code: codes[rang]!, dateFin: '2026-06-30' })
