import type { Prestation } from '@pass/contracts/creneaux.ts'
import type { ThemeCode } from '@pass/domain/lieux.ts'
import type { Ctx } from '../../platform/context.ts'
import { found } from '../../platform/errors.ts'
import { sql } from '../../platform/db.ts'

const COLUMNS = sql`s.lieu_id as "lieuId", s.theme, s.prix_pass as "prixPass", s.duree_minutes as "dureeMinutes", s.detail`

/** The catalogue of one's own places. The public reads it too: what is filtered here is whose places they are. */
export const listPrestations = async (ctx: Ctx): Promise<{ items: Prestation[] }> => {
  const items = await ctx.db.$queryRaw<Prestation[]>`select ${COLUMNS} from lieu_service s
      join lieu l on l.organisation_id = s.organisation_id and l.id = s.lieu_id
    where s.organisation_id = ${ctx.actor.organisationId}::uuid order by l.nom, s.lieu_id, s.theme`
  return { items }
}

type Asked = { lieuId: string; theme: ThemeCode; prixPass: number; dureeMinutes: number; detail: string | null }

/** Puts a service into the catalogue of one's own place, or says it anew. */
export const setPrestation = async (ctx: Ctx, { lieuId, theme, prixPass, dureeMinutes, detail }: Asked): Promise<Prestation> => {
  const { organisationId } = ctx.actor
  found(await ctx.db.lieu.findFirst({ where: { organisationId, id: lieuId }, select: { id: true } }))
  await ctx.db.$executeRaw`insert into lieu_service as s (organisation_id, lieu_id, theme, duree_minutes, prix_pass, detail)
    values (${organisationId}::uuid, ${lieuId}::uuid, ${theme}, ${dureeMinutes}, ${prixPass}, ${detail || null})
    on conflict (organisation_id, lieu_id, theme) do update set duree_minutes = excluded.duree_minutes, prix_pass = excluded.prix_pass, detail = excluded.detail`
  const [row] = await ctx.db.$queryRaw<Prestation[]>`select ${COLUMNS} from lieu_service s
    where s.organisation_id = ${organisationId}::uuid and s.lieu_id = ${lieuId}::uuid and s.theme = ${theme}`
  return found(row)
}
