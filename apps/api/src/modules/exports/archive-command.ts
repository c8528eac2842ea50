import { open } from 'node:fs/promises'
import { BadInput, type Command, type Io } from '../../platform/cli.ts'
import { openJob } from '../../platform/jobs/job.ts'
import { writeArchive } from './write-archive.ts'

type Found = { id: string; nom: string }

const collectiviteOf = async (io: Io, text: string): Promise<Found> => {
  const owner = await io.owner()
  const { rows } = await owner.query<Found>(
    `select id, nom from organisation where type = 'collectivite' and (siret = $1 or left(siret, 9) = $1 or lower(nom) = lower($2) or id::text = $2) order by nom`,
    [text.replaceAll(' ', ''), text],
  )
  if (rows.length === 1) return rows[0]!
  const which = rows.length === 0 ? 'Aucune collectivité n’a ce SIRET ni ce nom' : 'Plusieurs collectivités ont ce numéro'
  throw new BadInput(`${which}\u00a0: donnez son SIRET ou son nom en entier.`)
}

/** Makes the archive of a collectivité into a file that did not exist, journaled as done in its name by the service. */
export const archiveTo = async (io: Io, { id, nom }: Found, sortie: string) => {
  const deps = await io.deps()
  const job = openJob(deps, { name: 'archive', id: '0', payload: {}, acteur: { organisationId: id, utilisateurId: null } })
  const file = await open(sortie, 'wx', 0o600).catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new BadInput(
      exists ? `Le fichier ${sortie} existe déjà\u00a0: donnez un autre nom.` : `Le fichier ${sortie} ne peut pas être écrit.`,
    )
  })
  const sink = { write: async (bytes: Uint8Array) => void (await file.write(bytes)) }
  let said = -1
  const progress = async (fait: number, total: number) => {
    const percent = total === 0 ? 100 : Math.floor((fait / total) * 10) * 10
    if (percent > said) io.say(`${nom}\u00a0: ${(said = percent)} %`)
  }
  try {
    const manifest = await job.snapshot((ctx) => writeArchive(ctx, sink, progress))
    await file.sync()
    await job.write({ collectiviteId: id }, async () => undefined)
    return manifest
  } finally {
    await file.close()
  }
}

/** `cli archive COLLECTIVITE SORTIE` */
export const archiveCommand: Command = {
  summary: 'Écrire l’archive de continuité d’une collectivité (SIRET ou nom)',
  args: {
    collectivite: { type: 'positional', description: 'SIRET, SIREN ou nom' },
    sortie: { type: 'positional', description: 'Fichier à écrire (.zip)' },
  },
  run: async (io, { collectivite, sortie }) => {
    const found = await collectiviteOf(io, String(collectivite))
    const manifest = await archiveTo(io, found, String(sortie))
    const lignes = manifest.fichiers.reduce((sum, file) => sum + (file.lignes ?? 0), 0)
    const lines = [
      `${found.nom}\u00a0: ${manifest.fichiers.length} fichiers, ${lignes} lignes, dans ${String(sortie)}`,
      `Vérifiez-la\u00a0: npm run cli -- verifier-archive ${String(sortie)}`,
    ]
    return { ok: true, lines, json: { fichier: String(sortie), ...manifest } }
  },
}
