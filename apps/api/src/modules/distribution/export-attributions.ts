import type { FileAnswer } from '@pass/contracts/route.ts'
import { ATTRIBUTION_LABELS, ATTRIBUTION_SENS_LABELS } from '@pass/domain/attributions.ts'
import { formatDay, parisDay } from '@pass/domain/days.ts'
import type { Ctx } from '../../platform/context.ts'
import { csv } from '../../platform/tableur/write-table.ts'
import { type AttributionFilters, everyAttribution } from './attribution-queries.ts'

const HEADER = [
  'Organisation',
  'Attribution',
  'Sens',
  'De',
  'Vers',
  'Premier numéro',
  'Dernier numéro',
  'Carnets',
  'Statut',
  'Envoyée le',
  'Reçue le',
  'En retard',
]

/** The list as a file: the same filters, the same rows. */
export const exportAttributions = async (ctx: Ctx, filters: AttributionFilters): Promise<FileAnswer> => {
  const rows = await everyAttribution(ctx, filters)
  const { organisationNom } = ctx.actor
  const lines = rows.map((row) => [
    organisationNom,
    row.reference,
    ATTRIBUTION_SENS_LABELS[row.sens],
    row.expediteur.nom,
    row.destinataire.nom,
    row.seriePremiere,
    row.serieDerniere,
    String(row.carnets),
    ATTRIBUTION_LABELS[row.statut],
    formatDay(parisDay(new Date(row.envoyeeAt))),
    row.accuseeAt ? formatDay(parisDay(new Date(row.accuseeAt))) : '',
    row.enRetard ? 'oui' : '',
  ])
  return { nom: `attributions-${ctx.today}.csv`, type: 'text/csv; charset=utf-8', contenu: csv([HEADER, ...lines]) }
}
