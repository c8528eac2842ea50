// The demonstration, loaded when the database is empty: the official geographic code, the State's list of places, then five
// collectivités. Nothing is done on a database that holds an organisation.
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { readConfig } from '../../apps/api/src/config.ts'
import { importLieux } from '../../apps/api/src/modules/lieux/import-lieux.ts'
import { sepaFile } from '../../apps/api/src/modules/remboursements/sepa-file.ts'
import { openDeps } from '../../apps/api/src/platform/process.ts'
import { parisDay } from '../../packages/domain/src/days.ts'
import { seedReferentiels } from './referentiels/main.ts'
import { seedVolume } from './volume/main.ts'
import { DEBITEUR_IBAN } from './volume/paiements.ts'
import type { SepaWriter } from './volume/bordereaux.ts'

const PLACES = fileURLToPath(new URL('volume/france-services.csv', import.meta.url))

const writeSepa: SepaWriter = ({ reference, operateur, at, payments }) =>
  sepaFile({
    reference,
    now: at,
    dateExecution: parisDay(at),
    debiteur: { nom: operateur, iban: DEBITEUR_IBAN },
    virements: payments.map((payment) => ({ ...payment, libelle: `Pass numerique ${payment.reference}` })),
  })

const t0 = performance.now()
const say = (line: string) => console.log(`${((performance.now() - t0) / 1000).toFixed(1)} s  ${line}`)

const config = readConfig()
const client = new pg.Client({ connectionString: config.ownerUrl })
await client.connect()
const { rows } = await client.query<{ filled: boolean }>(`select exists (select 1 from convention) as filled`)
if (!rows[0]?.filled) {
  const deps = await openDeps(config, { url: config.workerUrl ?? config.databaseUrl, name: 'seed', statementTimeout: 60_000, max: 2 })
  say('code officiel géographique')
  await seedReferentiels(client)
  await client.query(
    `insert into organisation (id, type, nom, siret) select uuidv7(), 'anct', 'Agence nationale de la cohésion des territoires', '13002603200016' where not exists (select 1 from organisation where type = 'anct')`,
  )
  say('liste des France services')
  await importLieux(deps, PLACES, say)
  await seedVolume(client, deps.secrets, writeSepa, say)
  await deps.close()
}
await client.end()
