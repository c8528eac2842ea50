import { randomBytes, randomUUID } from 'node:crypto'
import type { CarnetToPrint, LotToPrint } from '../apps/api/src/modules/commandes/carnet.pdf.ts'
import { carnetToPrint } from '../apps/api/src/modules/commandes/lot-to-print.ts'
import { unwrapLotKey, wrapLotKey } from '../apps/api/src/platform/codes.ts'
import { loadSecrets } from '../apps/api/src/platform/secrets.ts'
import { ORG } from '../prisma/seed/base/ids.ts'

const NOW = new Date('2026-03-10T08:00:00Z')
/** What a lot of the Creuse would print. */
export const LOT: LotToPrint = {
  collectivite: 'Département de la Creuse',
  operateur: 'Opérateur Modèle',
  dateFin: '2027-03-31',
  valeurFacialeCentimes: 1000,
  carnetTaille: 10,
  texte: 'Renseignements dans les espaces publics numériques.',
  telephone: '05 55 00 00 00',
  logo: null,
}
export const INFO = { titre: 'Mesure', now: NOW }

/** The carnets of a lot, each as its job has it before it is drawn. */
export const prepared = (secretsDir: string): ((n: number) => CarnetToPrint) => {
  const secrets = loadSecrets(secretsDir, true)
  const lotId = randomUUID()
  const lotKey = unwrapLotKey(secrets, lotId, wrapLotKey(secrets, lotId, randomBytes(32)))
  const key = { secrets, lotKey, collectiviteId: ORG.t1, dateFin: LOT.dateFin }
  return (n: number) => carnetToPrint({ id: BigInt(n), serie: BigInt(260_000_000 + n), taille: 10 }, key)
}
