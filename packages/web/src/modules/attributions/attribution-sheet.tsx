import { attributionRoutes } from '@pass/contracts/attributions.ts'
import type { Attribution } from '@pass/contracts/carnets.ts'
import { ATTRIBUTION_SENS_LABELS } from '@pass/domain/attributions.ts'
import { plural } from '@pass/domain/money.ts'
import { fileUrl } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { FileLink } from '../../ui/file-link.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Jour } from '../../ui/values.tsx'
import { AcknowledgeAttribution, RecallAttribution } from './attribution-acts.tsx'
import { AttributionRanges } from './attribution-ranges.tsx'
import { dayOf } from './attribution-state.tsx'

type Props = { attribution: Attribution; onDone: (fact: string) => void }

/** What is to be done, for who looks at it. */
const nextOf = ({ statut, position, destinataire, expediteur }: Attribution): string => {
  if (statut === 'accusee') return `${destinataire.nom} a confirmé la réception et répond de ces carnets.`
  if (statut === 'annulee') return `L’envoi a été rappelé : les carnets sont restés chez ${expediteur.nom}.`
  if (position === 'destinataire') return 'Comptez les carnets, signez le bordereau, puis confirmez la réception.'
  return `Joignez le bordereau au colis. ${destinataire.nom} confirme la réception ; jusque-là, ${expediteur.nom} répond de ces carnets.`
}

const factsOf = (attribution: Attribution) => [
  { terme: 'Nature', valeur: ATTRIBUTION_SENS_LABELS[attribution.sens] },
  { terme: 'De', valeur: attribution.expediteur.nom },
  { terme: 'Vers', valeur: attribution.destinataire.nom },
  { terme: 'Carnets', valeur: plural(attribution.carnets, 'carnet') },
  { terme: 'Envoyée le', valeur: <Jour date={dayOf(attribution.envoyeeAt)} phrase /> },
  { terme: 'Reçue le', valeur: <Jour date={attribution.accuseeAt && dayOf(attribution.accuseeAt)} phrase /> },
]

/** A parcel: what to do with it, its slip, and its numbers. */
export const AttributionSheet = ({ attribution, onDone }: Props) => (
  <>
    {attribution.enRetard && (
      <Notice tone="attente" titre="Réception pas confirmée depuis plus de 7 jours.">
        {attribution.position === 'destinataire'
          ? 'Les carnets sont arrivés ? Confirmez leur réception.'
          : `Demandez à ${attribution.destinataire.nom} si les carnets sont arrivés.`}
      </Notice>
    )}
    <Sheet
      agir={
        <Card titre="À faire">
          <div className="pile">
            <p>{nextOf(attribution)}</p>
            {attribution.statut === 'envoyee' && (
              <div>
                {attribution.position === 'destinataire' ? (
                  <AcknowledgeAttribution attribution={attribution} onDone={onDone} />
                ) : (
                  <RecallAttribution attribution={attribution} onDone={onDone} />
                )}
              </div>
            )}
            <FileLink
              href={fileUrl(attributionRoutes.drawAttribution, { params: { attributionId: attribution.id } })}
              nom={`Bordereau ${attribution.reference}`}
              type="PDF"
            />
          </div>
        </Card>
      }
      corps={
        <Card titre="L’envoi">
          <DefinitionList items={factsOf(attribution)} />
        </Card>
      }
      suite={
        <Card titre="Numéros">
          <AttributionRanges attribution={attribution} />
          {attribution.nombrePlages > attribution.plages.length && <p className="petit doux">Le bordereau les donne tous.</p>}
        </Card>
      }
    />
  </>
)
