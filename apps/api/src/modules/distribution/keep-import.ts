import { importMachine, type ImportStatut } from '@pass/domain/import-attributions.ts'
import { won } from '../../platform/errors.ts'
import type { Sender } from './parcels.ts'
import type { KeptLine, ReadImport } from './read-import.ts'

/** Lines written by one statement. */
const CHUNK = 5000

const countCarnets = (lignes: readonly KeptLine[]) =>
  lignes.reduce((sum, { ligne }) => sum + (ligne ? ligne.derniere - ligne.premiere + 1 : 0), 0)

const toRow = ({ numero, cellules, ligne, probleme }: KeptLine) => ({
  numero,
  cellules,
  probleme,
  prescripteur_id: ligne?.prescripteurId ?? null,
  serie_premiere: ligne?.premiere ?? null,
  serie_derniere: ligne?.derniere ?? null,
})

const writeLines = (ctx: Sender, importId: string, lignes: readonly KeptLine[]) =>
  ctx.db.$executeRaw`
    insert into import_attribution_ligne (collectivite_id, import_id, numero, cellules, prescripteur_id, serie_premiere, serie_derniere, carnets, probleme)
    select ${ctx.actor.organisationId}::uuid, ${importId}::uuid, l.numero, l.cellules, l.prescripteur_id, l.serie_premiere, l.serie_derniere,
           l.serie_derniere - l.serie_premiere + 1, l.probleme
      from jsonb_to_recordset(${JSON.stringify(lignes.map(toRow))}::jsonb)
        l(numero int, cellules text[], prescripteur_id uuid, serie_premiere bigint, serie_derniere bigint, probleme text)`

/** Keeps what was read: the bytes go, the lines stay, and the file waits for somebody's word or for a correction. */
export const keepLines = async (ctx: Sender, importId: string, { entetes, lignes }: ReadImport): Promise<void> => {
  const fautes = lignes.filter(({ probleme }) => probleme !== null).length
  const statut: ImportStatut = fautes === 0 ? importMachine.read.to : importMachine.fault.to
  const count = await ctx.db.$executeRaw`
    update import_attribution set statut = ${statut}, contenu = null, entetes = ${entetes}::text[], lignes = ${lignes.length}, fautes = ${fautes},
           carnets = ${countCarnets(lignes)}
     where collectivite_id = ${ctx.actor.organisationId}::uuid and id = ${importId}::uuid and statut = 'a_lire'`
  won(count)
  for (let from = 0; from < lignes.length; from += CHUNK) await writeLines(ctx, importId, lignes.slice(from, from + CHUNK))
}

/** A file that cannot be read keeps the sentence that says why. */
export const keepUnreadable = async (ctx: Sender, importId: string, message: string): Promise<void> => {
  const count = await ctx.db.$executeRaw`
    update import_attribution set statut = ${importMachine.give_up.to}, contenu = null, message = ${message}
     where collectivite_id = ${ctx.actor.organisationId}::uuid and id = ${importId}::uuid and statut = 'a_lire'`
  won(count)
}
