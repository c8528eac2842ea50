import type pg from 'pg'
import { hashPassword } from '../../../apps/api/src/platform/auth/passwords.ts'
import type { Secrets } from '../../../apps/api/src/platform/secrets.ts'
import { PASSWORD } from '../base/people.ts'
import { seedBanque } from './banque.ts'
import { type SepaWriter, seedBordereaux } from './bordereaux.ts'
import { HASARD, seedCommandes } from './carnets.ts'
import { seedComptes, seedIbans } from './comptes.ts'
import { seedEcheances } from './echeances.ts'
import { seedFactures } from './factures.ts'
import { seedFinancement } from './financement.ts'
import { seedGuichet } from './guichet.ts'
import { seedHandOvers } from './hand-overs.ts'
import { seedLivres } from './livres.ts'
import { seedMoney } from './money.ts'
import { seedOrganisations } from './organisations.ts'
import { seedReprises } from './reprises.ts'
import { seedPaiements } from './paiements.ts'
import { seedRareStatuts } from './statuts.ts'
import { seedUses } from './uses.ts'

/**
 * The demonstration: five collectivités after real cases, on the real places of the import, dates relative to today. Runs as
 * `migrator` in one transaction, set by set. The places must be imported before.
 */
export const seedVolume = async (client: pg.ClientBase, secrets: Secrets, writeSepa: SepaWriter, say: (line: string) => void) => {
  await client.query('begin')
  await client.query(HASARD)
  const steps: [string, () => Promise<unknown>][] = [
    ['organisations et lieux', async () => seedOrganisations(client, await hashPassword(PASSWORD))],
    ['comptes bancaires', () => seedIbans(client)],
    ['conventions, commandes et carnets', () => seedCommandes(client, secrets)],
    ['factures', () => seedFactures(client)],
    ['attributions et remises', () => seedHandOvers(client)],
    ['ateliers et utilisations', () => seedUses(client)],
    ['grand livre', () => seedMoney(client)],
    ['bordereaux et virements', () => seedBordereaux(client, writeSepa)],
    ['réponses de la banque', () => seedBanque(client)],
    ['paramètres et arrêtés', () => seedPaiements(client)],
    ['statuts rares', () => seedRareStatuts(client)],
    ['financement', () => seedFinancement(client)],
    ['changements de compte', () => seedComptes(client)],
    ['reprise d’un ancien opérateur', () => seedReprises(client, secrets)],
    ['fins de validité', () => seedEcheances(client)],
    ['créneaux et guichet', () => seedGuichet(client)],
    // last: nothing is posted into a closed month
    ['mois clos et contrôles', () => seedLivres(client)],
  ]
  for (const [name, step] of steps) {
    say(name)
    await step()
    await client.query('analyze')
  }
  await client.query('commit')
}
