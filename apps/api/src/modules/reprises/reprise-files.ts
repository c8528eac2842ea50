import type { FileAnswer, Upload } from '@pass/contracts/route.ts'
import { ETAT_ANCIEN_LABELS, decisionText } from '@pass/domain/reprises.ts'
import { REPRISE_COLONNES } from '@pass/domain/reprise-fichier.ts'
import { addMonths, endOfMonth, formatDay } from '@pass/domain/days.ts'
import { formatSerie } from '@pass/domain/references.ts'
import type { Config } from '../../config.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { csv } from '../../platform/tableur/write-table.ts'
import { listPieces, readPiece, storePiece } from '../fichiers/public.ts'
import { linesOf, OBJET, readReprise } from './queries.ts'

const CSV = 'text/csv; charset=utf-8'

/** The file to fill in: its columns, and a line of each state. */
export const repriseModele = async ({ today }: Ctx): Promise<FileAnswer> => {
  const fin = formatDay(endOfMonth(addMonths(today, 6)))
  const line = (code: string, etat: string) => ['ANC-000123', code, etat, fin, '', '', 'État du stock, page 1']
  const lines = [line('ANC0001230001', 'Non utilisé'), line('ANC0001230002', 'Utilisé'), line('ANC0001230003', 'Impayé')]
  return { nom: 'modele-reprise.csv', type: CSV, contenu: csv([Object.values(REPRISE_COLONNES), ...lines]) }
}

const HEADER = ['Ligne', 'Numéro du carnet', 'État', 'Fin de validité', 'Preuve', 'Décision', 'Carnet repris']

/** What is decided of each pass, for the records and for the former operator: no code is in it, none is kept. */
export const repriseDecisions = async (ctx: Ctx, { repriseId }: { repriseId: string }): Promise<FileAnswer> => {
  const { reference } = await readReprise(ctx, repriseId)
  const rows = await linesOf(ctx, repriseId, sql`order by l.numero`)
  const lines = rows.map(({ numero, serie, etat, date_fin, preuve, probleme, motif, carnet_serie }) => [
    String(numero),
    serie ?? '',
    etat ? ETAT_ANCIEN_LABELS[etat] : '',
    date_fin ? formatDay(date_fin) : '',
    preuve ?? '',
    probleme ?? decisionText({ motif, dateFin: date_fin! }),
    carnet_serie === null ? '' : formatSerie(Number(carnet_serie)),
  ])
  return { nom: `${reference}-decisions.csv`, type: CSV, contenu: async () => csv([HEADER, ...lines]) }
}

type Files = Pick<Config, 'filesDir'>

/** Keeps a proof of the take-over: the collectivité reads it too. */
export const uploadReprisePiece = async (ctx: Ctx, files: Files, { repriseId, ...file }: Upload & { repriseId: string }) => {
  const { collectivite_id } = await readReprise(ctx, repriseId)
  return storePiece(ctx, files, { objet: OBJET, objetId: repriseId, ...file, lecteurs: [collectivite_id] })
}

/** A proof again, of this take-over alone. */
export const downloadReprisePiece = async (ctx: Ctx, files: Files, { repriseId, pieceId }: { repriseId: string; pieceId: string }) => {
  await readReprise(ctx, repriseId)
  const pieces = await listPieces(ctx, { objet: OBJET, objetId: repriseId })
  found(pieces.find(({ id }) => id === pieceId))
  return readPiece(ctx, files, { pieceId, objet: OBJET })
}
