import type { Atelier } from '@pass/contracts/ateliers.ts'
import { type Niveau, whyNotSchedule } from '@pass/domain/ateliers.ts'
import { localDay } from '@pass/domain/days.ts'
import type { ThemeCode } from '@pass/domain/lieux.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { getAtelier } from './queries.ts'

type Asked = { lieuId: string; theme: ThemeCode; niveau: Niveau; date: string; debut: string; dureeMinutes: number; capacite: number }
type LieuRow = { fuseau: string; ferme: boolean; service: boolean }

/** Opens an atelier in a place of one's own, for a service of its catalogue. */
export const scheduleAtelier = async (ctx: Ctx, asked: Asked): Promise<Atelier> => {
  const { lieuId, theme, niveau, date, debut, dureeMinutes, capacite } = asked
  const { organisationId, utilisateurId } = ctx.actor
  const [row] = await ctx.db.$queryRaw<LieuRow[]>`select l.fuseau, coalesce(${date}::date >= l.date_fermeture, false) as ferme,
      exists (select 1 from lieu_service s where s.organisation_id = l.organisation_id and s.lieu_id = l.id and s.theme = ${theme}) as service
    from lieu l where l.id = ${lieuId}::uuid and l.organisation_id = ${organisationId}::uuid`
  const lieu = found(row)
  enforce(whyNotSchedule({ date, dureeMinutes, capacite }, localDay(ctx.now, lieu.fuseau)))
  enforce(lieu.ferme ? refuse('lieu_ferme', 'Votre lieu est enregistré comme fermé à cette date.') : null)
  enforce(lieu.service ? null : refuse('service_non_prevu', 'Ce thème n’est pas au catalogue de votre lieu.'))
  const [made] = await ctx.db.$queryRaw<{ id: string }[]>`insert into atelier
      (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite)
    values (${organisationId}::uuid, uuidv7(), ${lieuId}::uuid, ${utilisateurId}::uuid, ${theme}, ${niveau}, ${date}::date, ${debut}, ${dureeMinutes}, ${capacite})
    returning id`
  const atelierId = made!.id
  await fact(ctx, { sujet: 'atelier.cree', objet: { atelierId } })
  return getAtelier(ctx, { atelierId })
}
