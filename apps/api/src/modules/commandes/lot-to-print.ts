import type { KeyObject } from 'node:crypto'
import { formatSerie } from '@pass/domain/references.ts'
import { deriveCode, deriveFollowCode, signQr } from '../../platform/codes.ts'
import { dayOf } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { reach } from '../../platform/reach.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { CarnetToPrint, LotToPrint } from './carnet.pdf.ts'

/** What a page needs of the order around a carnet. `dateFin` before the production: the one that is foreseen. */
export const lotToPrint = async (ctx: Pick<JobCtx, 'db' | 'actor'>, commandeId: string, dateFin?: string): Promise<LotToPrint> => {
  const commande = found(
    await ctx.db.commande.findFirst({
      where: { id: commandeId, ...reach(ctx, 'commande') },
      include: { collectivite: { select: { nom: true } }, operateur: { select: { nom: true } }, lot: true, maquette: true },
    }),
  )
  return {
    collectivite: commande.collectivite.nom,
    operateur: commande.operateur.nom,
    dateFin: commande.lot ? dayOf(commande.lot.dateFin) : found(dateFin),
    valeurFacialeCentimes: commande.valeurFacialeCentimes,
    carnetTaille: commande.carnetTaille,
    texte: commande.maquetteTexte,
    telephone: commande.maquette?.telephone ?? null,
    logo: commande.maquette?.logo ?? null,
  }
}

export type Printed = { id: bigint; serie: bigint; taille: number }
export type PrintKey = { secrets: Secrets; lotKey: KeyObject; collectiviteId: string; dateFin: string }

/** The codes of a carnet, derived again: nobody stores them, and the operator does not read `pass`. */
export const carnetToPrint = ({ id, serie, taille }: Printed, { secrets, lotKey, collectiviteId, dateFin }: PrintKey): CarnetToPrint => ({
  serie: formatSerie(Number(serie)),
  codeSuivi: deriveFollowCode(lotKey, Number(serie)),
  pass: Array.from({ length: taille }, (_, i) => {
    const code = deriveCode(lotKey, Number(serie), i + 1)
    return { rang: i + 1, code, qr: signQr(secrets, { collectiviteId, passId: id * 10n + BigInt(i), code, dateFin }) }
  }),
})

/** Carnets of a lot in the order of their serials, after one of them. Cancelled ones are not printed. */
export const carnetsAfter = (ctx: Pick<JobCtx, 'db' | 'actor'>, lotId: string, serie: bigint, take: number): Promise<Printed[]> =>
  ctx.db.carnet.findMany({
    where: { lotId, serie: { gt: serie }, statut: { not: 'annule' }, ...reach(ctx, 'carnet') },
    select: { id: true, serie: true, taille: true },
    orderBy: { serie: 'asc' },
    take,
  })
