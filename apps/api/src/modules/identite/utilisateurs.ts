import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, NotFound } from '../../platform/errors.ts'

type Row = { id: string; nom: string; desactive: boolean; organisations: string[] }

/** The account of an exact address, when the actor looks after every organisation where the person acts; else nobody. */
export const searchUtilisateur = async ({ db, today }: Ctx, { courriel }: { courriel: string }) => {
  const rows = await db.$queryRaw<Row[]>`select * from utilisateur_find(${courriel}, ${today}::date)`
  return { items: rows.map(({ id, ...row }) => ({ utilisateurId: id, ...row })) }
}

const FERME_PAR_ANCT = 'L’ANCT a fermé ce compte\u00a0: elle seule peut le rouvrir.'

const close = async ({ db, actor, now, today }: Ctx, utilisateurId: string, motif: string | null) => {
  enforce(
    utilisateurId === actor.utilisateurId ? refuse('meme_personne', 'Une autre personne que vous ferme ou rouvre votre compte.') : null,
  )
  const [row] = await db.$queryRaw<{ issue: 'fait' | 'absent' | 'anct' }[]>`
    select utilisateur_close(${utilisateurId}::uuid, ${motif}, ${now}::timestamptz, ${today}::date) issue`
  if (row!.issue === 'absent') throw new NotFound()
  enforce(row!.issue === 'anct' ? refuse('habilitation_refusee', FERME_PAR_ANCT) : null)
  return { utilisateurId, desactive: motif !== null }
}

/** Closes an account: each of its sessions is refused at its next call. */
export const disableUtilisateur = (ctx: Ctx, { utilisateurId, motif }: { utilisateurId: string; motif: string }) =>
  close(ctx, utilisateurId, motif)

export const enableUtilisateur = (ctx: Ctx, { utilisateurId }: { utilisateurId: string }) => close(ctx, utilisateurId, null)
