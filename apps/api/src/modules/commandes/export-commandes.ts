import type { FileAnswer } from '@pass/contracts/route.ts'
import { COMMANDE_LABELS, COMMANDE_TOUR, type CommandeStatut } from '@pass/domain/commandes.ts'
import { formatDay, parisDay } from '@pass/domain/days.ts'
import { ORGANISATION_TYPE_LABELS } from '@pass/domain/organisations.ts'
import { stringify } from 'csv-stringify/sync'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { type CommandeFilter, commandesWhere } from './queries.ts'

const MOST = 10_000
const TITLES = [
  'Commande',
  'Collectivité',
  'Convention',
  'Demandée le',
  'Statut',
  'À qui le tour',
  'Attendu le',
  'Carnets',
  'Pass',
  'Valeur des pass (€)',
  'Frais HT (€)',
  'TVA (€)',
  'Total (€)',
  'Numéro de marché',
  'Numéro d’engagement',
  'Code service',
  'Numéro de mandat',
]

/** An amount as a French spreadsheet adds it up: `1234,50`. */
const amount = (centimes: bigint): string => `${centimes / 100n},${String(centimes % 100n).padStart(2, '0')}`
const tourOf = (statut: CommandeStatut): string => {
  const tour = COMMANDE_TOUR[statut]
  return tour === null ? '' : ORGANISATION_TYPE_LABELS[tour]
}

/** The list on screen as a file that a spreadsheet opens, no cell of which is a formula. */
export const exportCommandes = async (ctx: Ctx, filter: CommandeFilter): Promise<FileAnswer> => {
  const rows = await ctx.db.commande.findMany({
    where: commandesWhere(ctx, filter),
    include: { collectivite: { select: { nom: true } }, convention: { select: { nom: true } } },
    orderBy: { id: 'desc' },
    take: MOST,
  })
  const lines = rows.map((row) => {
    const statut = row.statut as CommandeStatut
    return [
      row.reference,
      row.collectivite.nom,
      row.convention.nom,
      formatDay(parisDay(row.createdAt)),
      COMMANDE_LABELS[statut],
      tourOf(statut),
      row.echeance ? formatDay(dayOf(row.echeance)) : '',
      row.quantite,
      row.quantite * row.carnetTaille,
      ...[row.montantCentimes, row.fraisCentimes, row.tvaCentimes, row.montantCentimes + row.fraisCentimes + row.tvaCentimes].map(amount),
      row.numeroMarche ?? '',
      row.numeroEngagement ?? '',
      row.codeService ?? '',
      row.numeroMandat ?? '',
    ]
  })
  const text = stringify([TITLES, ...lines], { delimiter: ';', record_delimiter: 'windows', bom: true, escape_formulas: true })
  return { nom: `commandes-${ctx.today}.csv`, type: 'text/csv; charset=utf-8', contenu: Buffer.from(text) }
}
