import { rolesWith } from '@pass/domain/droits.ts'
import type { LotComptes, Partie } from '@pass/domain/echeance-suivi.ts'
import { formatDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { notify } from '../../platform/notify.ts'
import type { LotSuivi } from './queries.ts'

/** The four counts, in one sentence. */
export const comptesInWords = ({ emis, remis, jamaisRemis, entames }: LotComptes): string =>
  `${plural(emis, 'carnet émis', 'carnets émis')}, ${plural(remis, 'remis', 'remis')}, ${plural(jamaisRemis, 'jamais remis', 'jamais remis')}, ${plural(entames, 'entamé')}.`

type News = { code: string; titre: string; texte: string; categorie?: 'suivi' | 'argent' }

/** Tells those who agree for one side, or both, about the end of a lot. */
export const tellParties = async (
  ctx: JobCtx,
  lot: LotSuivi,
  parties: readonly Partie[],
  { categorie = 'suivi', ...news }: News,
): Promise<void> => {
  for (const partie of parties)
    await notify(ctx, {
      organisationId: partie === 'collectivite' ? lot.collectiviteId : lot.operateurId,
      roles: rolesWith('echeance:agree'),
      categorie,
      ...news,
      titre: `Commande ${lot.commande}, carnets valables jusqu’au ${formatDay(lot.dateFin)} : ${news.titre}`,
      lien: `${homePath(partie)}echeances/${lot.lotId}`,
    })
}
