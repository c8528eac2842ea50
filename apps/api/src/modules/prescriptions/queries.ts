import type { Prescription } from '@pass/contracts/prescriptions.ts'
import { rechercheDe } from '@pass/domain/recherche.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'

type Row = Omit<Prescription, 'serie' | 'personne' | 'remisAt'> & {
  serie: bigint
  personneId: string | null
  prenom: string | null
  nom: string | null
  remisAt: Date
}

const toPrescription = ({ serie, personneId, prenom, nom, remisAt, ...row }: Row): Prescription => ({
  ...row,
  serie: formatSerie(Number(serie)),
  personne: personneId !== null && prenom !== null && nom !== null ? { id: personneId, prenom, nom } : null,
  remisAt: remisAt.toISOString(),
})

const rowsOf = (ctx: Ctx, rest: Sql) => ctx.db.$queryRaw<Row[]>`
  select k.id, c.public_id as "carnetId", c.serie, b.id as "personneId", b.prenom, b.nom, k.niveau, k.besoin, k.public, k.remis_at as "remisAt",
         c.taille, c.utilises, k.annulee_at is not null as annulee
    from prescription k join carnet c on c.collectivite_id = k.collectivite_id and c.id = k.carnet_id
    left join beneficiaire b on b.collectivite_id = k.collectivite_id and b.id = k.beneficiaire_id
   where ${reachSql(ctx, 'prescription', 'k')} ${rest}`

export const getPrescription = async (ctx: Ctx, { prescriptionId }: { prescriptionId: string }) => {
  const rows = await rowsOf(ctx, sql`and k.id = ${prescriptionId}::uuid`)
  return toPrescription(found(rows[0]))
}

const Cursor = z.tuple([z.uuid()])
type Filters = { apres?: string | undefined; taille?: number | undefined; recherche?: string | undefined }

/** Hand-overs of this counter, the last one first (ids follow time), by the beginning of the person's first or last name. */
export const listPrescriptions = async (ctx: Ctx, { apres, taille = TAILLE, recherche }: Filters) => {
  const after = cursorOf(apres, Cursor)
  const typed = rechercheDe(recherche ?? '')
  const named = recherche
    ? sql`and (recherche_de(b.nom || ' ' || b.prenom) ^@ ${typed} or recherche_de(b.prenom || ' ' || b.nom) ^@ ${typed})`
    : empty
  const rows = await rowsOf(ctx, sql`${named} ${after ? sql`and k.id < ${after[0]}::uuid` : empty} order by k.id desc limit ${taille + 1}`)
  const counted = recherche
    ? []
    : await ctx.db.$queryRaw<{ n: bigint }[]>`select count(*) as n from prescription k where ${reachSql(ctx, 'prescription', 'k')}`
  const page = pageOf(rows, taille, ({ id }) => [id], counted[0] ? Number(counted[0].n) : null)
  return { ...page, items: page.items.map(toPrescription) }
}
