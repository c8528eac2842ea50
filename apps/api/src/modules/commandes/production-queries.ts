import type { Production } from '@pass/contracts/production.ts'
import { parisDay } from '@pass/domain/days.ts'
import { formatEtiquette } from '@pass/domain/etiquettes.ts'
import { type ImpressionFormat, type ImpressionStatut, keyEndOf } from '@pass/domain/impressions.ts'
import type { ReclamationStatut } from '@pass/domain/reclamations.ts'
import { formatSerie } from '@pass/domain/references.ts'
import type { Ctx } from '../../platform/context.ts'
import { found, NotFound } from '../../platform/errors.ts'
import { progressOf } from '../../platform/jobs/enqueue.ts'
import { reach, reaches } from '../../platform/reach.ts'
import { type LotTask, lotKeyOf } from './lot-task.ts'

const impressionsOf = async (ctx: Ctx, commandeId: string): Promise<Production['impressions']> => {
  const rows = await ctx.db.impression.findMany({ where: { commandeId, ...reach(ctx, 'impression') }, orderBy: { id: 'asc' } })
  const impressions: Production['impressions'] = []
  for (const row of rows)
    impressions.push({
      id: row.id,
      format: row.format as ImpressionFormat,
      statut: row.statut as ImpressionStatut,
      demandeeAt: row.demandeeAt.toISOString(),
      octets: row.octets === null ? null : Number(row.octets),
      empreinte: row.empreinte && Buffer.from(row.empreinte).toString('hex'),
      retireeNom: row.retireeNom,
      retireeAt: row.retireeAt?.toISOString() ?? null,
      avancement: row.statut === 'en_preparation' ? await progressOf(ctx, `impression:${row.id}`) : null,
    })
  return impressions
}

const colisOf = async (ctx: Ctx, commandeId: string): Promise<Production['colis']> => {
  const rows = await ctx.db.colis.findMany({ where: { commandeId, ...reach(ctx, 'colis') }, orderBy: { rang: 'asc' } })
  return rows.map(({ id, rang, seriePremiere, serieDerniere, carnets, parPaquet, recuAt }) => ({
    id,
    rang,
    etiquette: formatEtiquette({ nature: 'carton', premiere: Number(seriePremiere), derniere: Number(serieDerniere) }),
    seriePremiere: formatSerie(Number(seriePremiere)),
    serieDerniere: formatSerie(Number(serieDerniere)),
    carnets,
    paquets: Math.ceil(carnets / parPaquet),
    recuAt: recuAt?.toISOString() ?? null,
  }))
}

const reclamationsOf = async (ctx: Ctx, commandeId: string): Promise<Production['reclamations']> => {
  const rows = await ctx.db.reclamation.findMany({ where: { commandeId, ...reach(ctx, 'reclamation') }, orderBy: { id: 'asc' } })
  return rows.map(({ id, statut, carnets, seriesPremieres, seriesDernieres, ouverteAt, reponse, repondueAt }) => ({
    id,
    statut: statut as ReclamationStatut,
    carnets,
    plages: seriesPremieres.map((premiere, i) => ({
      premiere: formatSerie(Number(premiere)),
      derniere: formatSerie(Number(seriesDernieres[i])),
    })),
    ouverteAt: ouverteAt.toISOString(),
    reponse,
    repondueAt: repondueAt?.toISOString() ?? null,
  }))
}

const TACHES: Record<LotTask, Production['taches'][number]['tache']> = { ship: 'expedition', receive: 'reception', activate: 'activation' }

const tachesOf = async (ctx: Ctx, lotId: string): Promise<Production['taches']> => {
  const taches: Production['taches'] = []
  for (const [task, tache] of Object.entries(TACHES)) {
    const progress = await progressOf(ctx, lotKeyOf(task as LotTask, lotId))
    if (progress) taches.push({ tache, ...progress })
  }
  return taches
}

/** Whether codes can still be derived, told to the collectivité too, which does not read the key: the files say it. */
const keyOf = async (ctx: Ctx, lotId: string, impressions: Production['impressions']): Promise<Pick<Production, 'cle' | 'dateFinCle'>> => {
  const taken = impressions.flatMap(({ retireeAt }) => retireeAt ?? []).toSorted()[0]
  const dateFinCle = taken ? keyEndOf(parisDay(new Date(taken))) : null
  const isThere = reaches(ctx, 'lot_cle')
    ? (await ctx.db.lotCle.count({ where: { lotId, ...reach(ctx, 'lot_cle') } })) > 0
    : !dateFinCle || ctx.today < dateFinCle
  return { cle: isThere ? 'vivante' : 'detruite', dateFinCle }
}

/** How the carnets of a commande are made, printed, sent and received: for the two who have a hand in it. */
export const getProduction = async (ctx: Ctx, { commandeId }: { commandeId: string }): Promise<Production> => {
  if (!reaches(ctx, 'lot')) throw new NotFound()
  const commande = found(
    await ctx.db.commande.findFirst({
      where: { id: commandeId, ...reach(ctx, 'commande') },
      include: { lot: { select: { id: true } }, maquette: { select: { telephone: true, logo: true } } },
    }),
  )
  const impressions = await impressionsOf(ctx, commandeId)
  return {
    telephone: commande.maquette?.telephone ?? null,
    aLogo: Boolean(commande.maquette?.logo),
    ...(commande.lot ? await keyOf(ctx, commande.lot.id, impressions) : { cle: null, dateFinCle: null }),
    impressions,
    colis: await colisOf(ctx, commandeId),
    reclamations: await reclamationsOf(ctx, commandeId),
    taches: commande.lot ? await tachesOf(ctx, commande.lot.id) : [],
  }
}
