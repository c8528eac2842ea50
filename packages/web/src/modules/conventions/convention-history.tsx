import type { ConventionEtape } from '@pass/contracts/conventions-versions.ts'
import { Card } from '../../ui/card.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { Instant } from '../../ui/values.tsx'

const Detail = ({ detail, motif, acteur, at }: ConventionEtape) => (
  <>
    <Instant at={at} />, {acteur}
    {detail && (
      <>
        <br />
        {detail}
      </>
    )}
    {motif && (
      <>
        <br />
        Motif : {motif}
      </>
    )}
  </>
)

const END = new Set(['avenant_abandon', 'resiliation'])

/** What happened to a convention, the last line first; nothing where the reader is told nothing. */
export const ConventionHistory = ({ etapes }: { etapes: readonly ConventionEtape[] }) =>
  etapes.length === 0 ? null : (
    <Card titre="Histoire">
      <Timeline
        etapes={etapes.map((etape) => ({
          cle: etape.cle,
          titre: etape.titre,
          etat: END.has(etape.action) ? 'refus' : 'fait',
          detail: <Detail {...etape} />,
          acteur: etape.organisation,
        }))}
      />
    </Card>
  )
