import type { CarnetDetail } from '@pass/contracts/carnets.ts'
import { MOUVEMENT_LABELS, type MouvementType } from '@pass/domain/carnet-moves.ts'
import { plural } from '@pass/domain/money.ts'
import { type Etape, Timeline } from '../../ui/timeline.tsx'
import { Instant } from '../../ui/values.tsx'

const LABELS: Readonly<Record<string, string>> = MOUVEMENT_LABELS
const BAD: readonly string[] = ['manquant', 'bloque', 'annule'] satisfies MouvementType[]

/** Everything that happened to a carnet, the latest last. */
export const CarnetHistory = ({ mouvements }: Pick<CarnetDetail, 'mouvements'>) => (
  <Timeline
    etapes={mouvements.map(({ id, type, carnets, prescripteur, motif, at }): Etape => ({
      cle: id,
      titre: LABELS[type] ?? type,
      etat: BAD.includes(type) ? 'refus' : 'fait',
      detail: (
        <>
          <Instant at={at} />
          {carnets > 1 && <>. Avec {plural(carnets - 1, 'autre carnet', 'autres carnets')}</>}
          {motif && (
            <>
              . Motif{'\u00a0'}: {motif}
            </>
          )}
        </>
      ),
      acteur: prescripteur?.nom,
    }))}
  />
)
