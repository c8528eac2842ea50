import { formatLongDay, formatTime } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { notify } from '../../platform/notify.ts'

/** Where and when, as a sentence says it. */
export type Slot = { lieu: string; date: string; debut: string }
/** Who enrolled somebody, and for which organisation; one a person enrolled. */
export type Enroller = { prescripteurId: string; utilisateurId: string }

const NBSP = '\u00a0'
const slotOf = ({ lieu, date, debut }: Slot) => `${lieu}, ${formatLongDay(date)} à ${formatTime(debut)}`

/** What somebody typed, as a sentence. */
const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`)

type News = { code: string; titre: string; texte: (people: number) => string }

/** Tells each agent once, with how many people it is about, never who; when the agent has left, whoever answers for the organisation. */
const tell = async (ctx: Ctx, enrollers: readonly Enroller[], { code, titre, texte }: News): Promise<void> => {
  const counts = Map.groupBy(enrollers, ({ prescripteurId, utilisateurId }) => `${prescripteurId} ${utilisateurId}`)
  for (const people of counts.values()) {
    const { prescripteurId, utilisateurId } = people[0]!
    const news = {
      organisationId: prescripteurId,
      categorie: 'rendez_vous' as const,
      code,
      titre,
      texte: texte(people.length),
      lien: `${homePath('prescripteur')}rendez-vous`,
    }
    const told = await notify(ctx, { ...news, utilisateurIds: [utilisateurId] })
    if (told === 0) await notify(ctx, { ...news, roles: ['prescripteur.responsable'] })
  }
}

/** Their people have to be called: the atelier does not take place. */
export const tellCancelled = (ctx: Ctx, slot: Slot, motif: string, enrollers: readonly Enroller[]): Promise<void> =>
  tell(ctx, enrollers, {
    code: 'atelier_annule',
    titre: `Atelier annulé${NBSP}: ${slotOf(slot)}`,
    texte: (people) =>
      `Motif donné par le lieu${NBSP}: ${sentence(motif)} ${plural(people, 'personne que vous avez inscrite est à prévenir', 'personnes que vous avez inscrites sont à prévenir')}. La page «${NBSP}Rendez-vous${NBSP}» dit qui.`,
  })

/** A seat is free: the first person who waited has it. */
export const tellPromoted = (ctx: Ctx, slot: Slot, enrollers: readonly Enroller[]): Promise<void> =>
  tell(ctx, enrollers, {
    code: 'place_liberee',
    titre: `Une place s’est libérée${NBSP}: ${slotOf(slot)}`,
    texte: (people) =>
      `${plural(people, 'personne en liste d’attente est maintenant inscrite', 'personnes en liste d’attente sont maintenant inscrites')}. La page «${NBSP}Rendez-vous${NBSP}» dit qui prévenir.`,
  })
