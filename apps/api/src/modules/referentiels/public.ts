import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { listPrescripteurs } from './queries.ts'

/** A prescripteur of the caller's territory, or 404: elsewhere or absent is one answer. */
export const getPrescripteur = async (ctx: Ctx, prescripteurId: string) => {
  const [row] = await listPrescripteurs(ctx, prescripteurId)
  return found(row)
}

/** The code of a commune in a body names one: the reference is part of the form, hence a 400 on its field. */
export const checkCommune = async ({ db }: Pick<Ctx, 'db'>, code: string | null, chemin: string) => {
  const message = 'Choisissez la commune dans la liste.'
  const isKnown = code === null || (await db.commune.count({ where: { code } })) === 1
  enforce(isKnown ? null : refuse('demande_malformee', message, [{ chemin, message }]), 400)
}
