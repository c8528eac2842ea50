import type { Consultation } from '@pass/contracts/consultations.ts'
import type { OrganisationType, Role } from '@pass/domain/organisations.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reach } from '../../platform/reach.ts'

type CibleRow = {
  adhesion_id: string
  nom: string
  role: Role
  organisation_id: string
  organisation_type: OrganisationType
  organisation_nom: string
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The people whose screen may be looked at: those of the organisations that this operator helps, by the name of the organisation. */
export const searchCibles = async ({ db, today }: Ctx, { recherche }: { recherche: string }) => {
  const rows = await db.$queryRaw<CibleRow[]>`select * from consultation_cibles(${folded(recherche)}, ${today}::date)`
  return {
    items: rows.map((row) => ({
      adhesionId: row.adhesion_id,
      nom: row.nom,
      role: row.role,
      organisation: { id: row.organisation_id, nom: row.organisation_nom, type: row.organisation_type },
    })),
  }
}

type Facts = { id: string; par: string; pour: string; lectures: number; fin_at: Date | null }

const organisme = { select: { id: true, nom: true } } as const

/** The looks of the assistance, as the operator who made them and the organisation that was looked at read them; the last first. */
export const listConsultations = async (
  ctx: Ctx,
  { apres, taille = TAILLE }: { apres?: string | undefined; taille?: number | undefined },
) => {
  const last = cursorOf(apres, z.uuid())
  const where = reach(ctx, 'consultation')
  const rows = await ctx.db.consultation.findMany({
    where: { ...where, ...(last && { id: { lt: last } }) },
    include: { organisation: organisme, operateur: organisme },
    orderBy: { id: 'desc' },
    take: taille + 1,
  })
  const page = pageOf(rows, taille, ({ id }) => id, await ctx.db.consultation.count({ where }))
  const ids = page.items.map(({ id }) => id)
  const facts = await ctx.db.$queryRaw<Facts[]>`select * from consultation_facts(${ids}::uuid[])`
  const factsOf = new Map(facts.map((one) => [one.id, one]))
  const items = page.items.map(({ id, organisation, operateur, motif, debutAt }): Consultation => {
    const { par, pour, lectures, fin_at } = factsOf.get(id)!
    return { id, organisation, operateur, par, pour, motif, debutAt: debutAt.toISOString(), finAt: fin_at?.toISOString() ?? null, lectures }
  })
  return { ...page, items }
}
