import type { Recuperation } from '@pass/contracts/equipe.ts'
import { type RecuperationStatut, whyNotDecideRecuperation } from '@pass/domain/membres.ts'
import { shownAt } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, won } from '../../platform/errors.ts'

type Row = {
  id: string
  utilisateur_id: string
  personne: string
  courriel: string
  statut: RecuperationStatut
  demandee_at: Date
  expire_at: Date
  expiree: boolean
}

const rowsOf = ({ db }: Ctx) => db.$queryRaw<Row[]>`select * from recuperations()`
const whyNotDecide = ({ actor }: Ctx, { statut, utilisateur_id: utilisateurId, expiree }: Row) =>
  whyNotDecideRecuperation({ statut, utilisateurId, expiree }, actor.utilisateurId)

const toRecuperation = (ctx: Ctx, row: Row): Recuperation => ({
  id: row.id,
  personne: row.personne,
  courriel: row.courriel,
  statut: row.statut,
  demandeeAt: shownAt(ctx, row.demandee_at),
  expireAt: shownAt(ctx, row.expire_at),
  raison: whyNotDecide(ctx, row)?.message ?? null,
})

/** The people who lost their second factor and whose request this organisation decides; those that wait come first. */
export const listRecuperations = async (ctx: Ctx) => ({ items: (await rowsOf(ctx)).map((row) => toRecuperation(ctx, row)) })

const findRow = async (ctx: Ctx, recuperationId: string) => found((await rowsOf(ctx)).find(({ id }) => id === recuperationId))

const decide = async (ctx: Ctx, recuperationId: string, isGranted: boolean) => {
  enforce(whyNotDecide(ctx, await findRow(ctx, recuperationId)))
  const [row] = await ctx.db.$queryRaw<{ done: boolean }[]>`select recuperation_decide(${recuperationId}::uuid, ${isGranted}) done`
  won(Number(row!.done))
  return toRecuperation(ctx, await findRow(ctx, recuperationId))
}

/** The person is known, face to face or by voice: their factors go, their sessions end, they sign in and add new ones. */
export const grantRecuperation = (ctx: Ctx, { recuperationId }: { recuperationId: string }) => decide(ctx, recuperationId, true)

export const refuseRecuperation = (ctx: Ctx, { recuperationId }: { recuperationId: string }) => decide(ctx, recuperationId, false)
