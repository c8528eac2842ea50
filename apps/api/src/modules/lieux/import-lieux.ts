import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { stringify } from 'csv-stringify/sync'
import { BadSetting } from '../../config.ts'
import { BadInput, type Command, type Io, type Outcome } from '../../platform/cli.ts'
import type { Deps } from '../../platform/deps.ts'
import { PUBLIC_ENTRY, read } from '../../platform/door.ts'
import { NotFound } from '../../platform/errors.ts'
import { openJob } from '../../platform/jobs/job.ts'
import { convertPlace, type Gazetteer, type Place, type Remark } from './convert-place.ts'
import { type Line, readPlacesFile } from './read-places-file.ts'
import { findOwners, readGazetteer, upsertPlaces } from './upsert-places.ts'

/** What became of every line: `lues = creees + modifiees + inchangees + refusees`. */
export type Account = {
  lues: number
  creees: number
  modifiees: number
  inchangees: number
  refusees: number
  refus: Remark[]
  /** Cells left out of places that were imported nevertheless. */
  avertissements: Remark[]
}

const CHUNK = 500
const SHOWN = 20

const convertAll = (lines: readonly Line[], gazetteer: Gazetteer) => {
  const places: Place[] = []
  const refus: Remark[] = []
  const avertissements: Remark[] = []
  const seen = new Map<string, number>()
  for (const line of lines) {
    const { ligne, cells } = line
    const first = seen.get(cells.id_fs)
    const converted = convertPlace(line, gazetteer)
    if ('refus' in converted) refus.push(converted.refus)
    else if (first !== undefined)
      refus.push({ ligne, colonne: 'id_fs', valeur: cells.id_fs, raison: `Cet identifiant est déjà celui de la ligne ${first}.` })
    else {
      places.push(converted.place)
      avertissements.push(...converted.avertissements)
      seen.set(cells.id_fs, ligne)
    }
  }
  return { places, refus, avertissements }
}

const ownersOf = async (deps: Deps) => {
  try {
    return await read(deps.db, PUBLIC_ENTRY, (db) => findOwners({ db }))
  } catch (error) {
    if (error instanceof NotFound)
      throw new BadInput('Le référentiel des communes n’est pas chargé\u00a0: lancez «\u00a0npm run db:seed\u00a0», puis recommencez.')
    throw error
  }
}

/**
 * Imports a list of places as the ANCT, through the same lock as a request (its role, its signed context, row security, the
 * journal), in chunks. Run again it goes on where the database is: what is there already is not written twice.
 * @throws BadInput when the file is not such a list; then nothing is written
 */
export const importLieux = async (deps: Deps, path: string, say: Io['say'] = () => {}): Promise<Account> => {
  const lines = await readPlacesFile(path)
  const { anct, reseau } = await ownersOf(deps)
  const job = openJob(deps, { name: 'lieux-import', id: randomUUID(), payload: {}, acteur: { organisationId: anct, utilisateurId: null } })
  const { places, refus, avertissements } = convertAll(lines, await job.read((ctx) => readGazetteer(ctx)))
  const account = { lues: lines.length, creees: 0, modifiees: 0, inchangees: 0, refusees: refus.length, refus, avertissements }
  for (let done = 0; done < places.length; done += CHUNK) {
    const chunk = places.slice(done, done + CHUNK)
    // one transaction after the other: locks stay short
    const { creees, modifiees } = await job.write({ organisationId: reseau }, (ctx) => upsertPlaces(ctx, reseau, chunk))
    account.creees += creees
    account.modifiees += modifiees
    account.inchangees += chunk.length - creees - modifiees
    say(`${formatNumber(Math.min(done + CHUNK, places.length))} lieux sur ${formatNumber(places.length)}`)
  }
  return account
}

const lineOf = ({ ligne, colonne, valeur, raison }: Remark) =>
  `  ligne ${ligne}, ${colonne || 'ligne entière'} ${valeur ? `«\u00a0${valeur}\u00a0»` : 'vide'}\u00a0: ${raison}`

const section = (title: string, remarks: readonly Remark[], shown: number): string[] => {
  if (remarks.length === 0) return []
  const rest = remarks.length - shown
  return [
    '',
    title,
    ...remarks.slice(0, shown).map(lineOf),
    ...(rest > 0 ? [`  … et ${formatNumber(rest)} de plus\u00a0: ajoutez --rapport FICHIER pour les lire toutes.`] : []),
  ]
}

/** The account as a person reads it. */
export const accountLines = ({ lues, creees, modifiees, inchangees, refusees, refus, avertissements }: Account): string[] => [
  `${lues} lues`,
  `  ${plural(creees, 'créée')}`,
  `  ${plural(modifiees, 'modifiée')}`,
  `  ${plural(inchangees, 'inchangée')}`,
  `  ${plural(refusees, 'refusée')}`,
  ...section('Lignes refusées', refus, refus.length),
  ...section(`Lieux importés avec ${plural(avertissements.length, 'cellule à corriger', 'cellules à corriger')}`, avertissements, SHOWN),
]

const reportOf = ({ refus, avertissements }: Account): string =>
  stringify(
    [
      ...refus.map((remark) => ({ ...remark, gravite: 'refusée' })),
      ...avertissements.map((remark) => ({ ...remark, gravite: 'avertissement' })),
    ].toSorted((a, b) => a.ligne - b.ligne),
    { header: true, columns: ['ligne', 'gravite', 'colonne', 'valeur', 'raison'], escape_formulas: true, bom: true },
  )

const writeReport = async (path: string, account: Account) => {
  try {
    await writeFile(path, reportOf(account))
  } catch {
    throw new BadInput(`Le rapport ne peut pas être écrit dans «\u00a0${path}\u00a0». L’import, lui, est fait.`)
  }
}

/** `cli lieux import FICHIER [--rapport FICHIER] [--json]`. */
export const lieuxImport: Command = {
  summary: 'Importer la liste des France services (CSV)',
  args: {
    fichier: { type: 'positional', description: 'Le fichier CSV', required: true },
    rapport: { type: 'string', description: 'Où écrire chaque ligne refusée ou à corriger (CSV)' },
  },
  run: async (io, { fichier, rapport }): Promise<Outcome> => {
    if (!io.config.workerUrl) throw new BadSetting('DATABASE_WORKER_URL manque\u00a0: donnez l’adresse de la base avec le rôle worker.')
    const account = await importLieux(await io.deps(), String(fichier), io.say)
    if (typeof rapport === 'string' && rapport !== '') await writeReport(rapport, account)
    return { ok: true, lines: accountLines(account), json: account }
  },
}
