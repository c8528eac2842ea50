import type { ActeDiffere } from '@pass/contracts/guichet.ts'
import { describeDiffere } from '@pass/domain/differes.ts'
import type { RefusalDetails } from '@pass/domain/redemptions.ts'
import type { RefusalCode } from '@pass/domain/refusal-codes.ts'
import { refuse } from '@pass/domain/refusal.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql } from '../../platform/db.ts'
import { enforce, found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'
import { colleagueNames } from './names.ts'

type Row = {
  id: string
  atelier_id: string
  utilisateur_id: string
  appareil_nom: string
  scanne_at: Date
  recu_at: Date
  pass: number
  code: RefusalCode | null
  refus: { rang: number; code: RefusalCode; details?: RefusalDetails }[] | null
  a_examiner: boolean
}

const COLUMNS = sql`d.id, d.atelier_id, d.utilisateur_id, d.appareil_nom, d.scanne_at, d.recu_at, d.pass, d.code, d.refus`
const Key = z.uuid()
type PageQuery = { apres?: string | undefined; taille?: number | undefined }

const say = (row: Row, par: string): ActeDiffere => ({
  id: row.id,
  atelierId: row.atelier_id,
  par,
  appareil: row.appareil_nom,
  scanneAt: row.scanne_at.toISOString(),
  recuAt: row.recu_at.toISOString(),
  pass: row.pass,
  issue: row.code ? 'refuse' : 'accepte',
  code: row.code,
  aExaminer: row.a_examiner,
  ...describeDiffere({ pass: row.pass, code: row.code, details: row.refus?.[0]?.details, aExaminer: row.a_examiner }),
})

/** The acts made without network that reached the server, the last one first. */
export const listActesDifferes = async (
  ctx: Ctx,
  { apres, taille = TAILLE, issue }: PageQuery & { issue?: 'accepte' | 'refuse' | undefined },
) => {
  const after = cursorOf(apres, Key)
  const rows = await ctx.db.$queryRaw<Row[]>`
    select ${COLUMNS}, exists (select 1 from redemption r where r.structure_id = d.organisation_id and r.acte_id = d.acte_id and r.a_examiner and r.statut = 'a_payer') a_examiner
      from acte_differe d
     where ${reachSql(ctx, 'acte_differe', 'd')} ${issue ? sql`and (d.code is not null) = ${issue === 'refuse'}` : empty} ${after ? sql`and d.id < ${after}::uuid` : empty}
     order by d.id desc limit ${taille + 1}`
  const nameOf = await colleagueNames(
    ctx,
    rows.map(({ utilisateur_id }) => utilisateur_id),
  )
  const { items, ...page } = pageOf(rows, taille, ({ id }) => id)
  return { ...page, items: items.map((row) => say(row, nameOf(row.utilisateur_id))) }
}

type ExamenRow = Row & { structure: string; ecart_secondes: number | null; montant: number }

/** Who works in a structure is not the operator's to read. */
const OF_STRUCTURE = 'Une personne de la structure'

/** What waits for the operator's look before it is paid, the oldest first: its own pass of each act. */
export const listAExaminer = async (ctx: Ctx, { apres, taille = TAILLE }: PageQuery) => {
  const after = cursorOf(apres, Key)
  const rows = await ctx.db.$queryRaw<ExamenRow[]>`
    select ${COLUMNS}, true a_examiner, o.nom structure, d.ecart_secondes, x.montant, x.pass
      from (select r.structure_id, r.acte_id, count(*)::int pass, sum(r.montant_centimes)::int montant from redemption r
             where ${reachSql(ctx, 'redemption', 'r')} and r.a_examiner and r.statut = 'a_payer' group by 1, 2) x
      join acte_differe d on d.organisation_id = x.structure_id and d.acte_id = x.acte_id
      join organisation o on o.id = d.organisation_id
     where ${reachSql(ctx, 'acte_differe', 'd')} ${after ? sql`and d.id > ${after}::uuid` : empty}
     order by d.id limit ${taille + 1}`
  const { items, ...page } = pageOf(rows, taille, ({ id }) => id)
  return {
    ...page,
    items: items.map((row) => ({
      ...say(row, OF_STRUCTURE),
      structure: row.structure,
      ecartSecondes: row.ecart_secondes,
      montantCentimes: row.montant,
    })),
  }
}

const EXAMINED = 'Cette utilisation n’attend plus d’examen\u00a0: elle a été examinée ou annulée.'

/** Lets the next bordereau take what was looked at: the operator's own pass of the act, and not those of another one. */
export const releaseUtilisation = async (ctx: Ctx, { acteDiffereId, motif }: { acteDiffereId: string; motif: string }) => {
  const [row] = await ctx.db.$queryRaw<{ organisation_id: string; acte_id: string }[]>`
    select organisation_id, acte_id from acte_differe d where d.id = ${acteDiffereId}::uuid and ${reachSql(ctx, 'acte_differe', 'd')}`
  const { organisation_id: structureId, acte_id: acteId } = found(row)
  const pass = await ctx.db.$executeRaw`update redemption r
    set a_examiner = false, examine_at = ${ctx.now}::timestamptz, examine_par = ${ctx.actor.utilisateurId}::uuid, examine_motif = ${motif}
    where r.structure_id = ${structureId}::uuid and r.acte_id = ${acteId}::uuid and ${reachSql(ctx, 'redemption', 'r')} and r.a_examiner and r.statut = 'a_payer'`
  enforce(pass === 0 ? refuse('redemption_statut', EXAMINED) : null)
  await fact(ctx, { sujet: 'redemption.examinee', objet: { acteDiffereId, acteId, pass } })
  return { acteDiffereId, pass }
}
