import type { Alerte } from '@pass/contracts/guichet.ts'
import { type AlerteDecision, type AlerteRegle, type AlerteStatut, describeAlerte, whyNotClasser } from '@pass/domain/alertes.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql } from '../../platform/db.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'

type Row = {
  id: string
  organisation_id: string
  nom: string
  regle: AlerteRegle
  jour: string
  nombre: number
  dernier_at: Date
  statut: AlerteStatut
  decision: AlerteDecision | null
  motif: string | null
}

const COLUMNS = sql`a.id, a.organisation_id, o.nom, a.regle, a.jour::text as jour, a.nombre, a.dernier_at, a.statut, a.decision, a.motif`
const TABLES = sql`alerte a join organisation o on o.id = a.organisation_id`

const say = ({ organisation_id, nom, regle, jour, nombre, dernier_at, ...row }: Row): Alerte => ({
  ...row,
  regle,
  nombre,
  ...describeAlerte(regle, { nombre, jour }),
  structure: { id: organisation_id, nom },
  at: dernier_at.toISOString(),
})

const Key = z.uuid()
type ListQuery = { apres?: string | undefined; taille?: number | undefined; statut?: AlerteStatut | undefined }

/** What the counters of the places noticed, the last opened first. */
export const listAlertes = async (ctx: Ctx, { apres, taille = TAILLE, statut }: ListQuery) => {
  const after = cursorOf(apres, Key)
  const rows = await ctx.db.$queryRaw<Row[]>`select ${COLUMNS} from ${TABLES}
    where ${reachSql(ctx, 'alerte', 'a')} ${statut ? sql`and a.statut = ${statut}` : empty} ${after ? sql`and a.id < ${after}::uuid` : empty}
    order by a.id desc limit ${taille + 1}`
  const { items, ...page } = pageOf(rows, taille, ({ id }) => id)
  return { ...page, items: items.map(say) }
}

const readOne = async (ctx: Ctx, id: string) => {
  const [row] = await ctx.db.$queryRaw<Row[]>`select ${COLUMNS} from ${TABLES} where a.id = ${id}::uuid and ${reachSql(ctx, 'alerte', 'a')}`
  return found(row)
}

/** Files an alert with what was decided and why; the same thing noticed later that day opens another one. */
export const closeAlerte = async (
  ctx: Ctx,
  { alerteId, decision, motif }: { alerteId: string; decision: AlerteDecision; motif: string },
): Promise<Alerte> => {
  enforce(whyNotClasser((await readOne(ctx, alerteId)).statut))
  won(
    await ctx.db.$executeRaw`update alerte a set statut = 'classee', decision = ${decision}, motif = ${motif},
        decidee_par = ${ctx.actor.utilisateurId}::uuid, decidee_at = ${ctx.now}::timestamptz
      where a.id = ${alerteId}::uuid and ${reachSql(ctx, 'alerte', 'a')} and a.statut = 'ouverte'`,
  )
  await fact(ctx, { sujet: 'alerte.classee', objet: { alerteId, decision } })
  return say(await readOne(ctx, alerteId))
}
