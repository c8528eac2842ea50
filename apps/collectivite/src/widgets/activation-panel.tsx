import type { Commande } from '@pass/contracts/commandes.ts'
import { euros, formatNumber, plural } from '@pass/domain/money.ts'
import { activationRefusal } from '@pass/web/modules/commandes/activation-reason.ts'
import { activableCentimes } from '@pass/web/modules/commandes/next-step.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { ArrowRight } from 'lucide-react'
import { Link } from 'react-router'
import { paths } from '../paths.ts'

const State = ({ commande }: { commande: Commande }) => {
  const { carnetsActivables, activations } = commande
  const active = activations.reduce((sum, { carnets }) => sum + carnets, 0)
  if (carnetsActivables === 0 && active > 0)
    return (
      <Notice tone="bien" titre={`${plural(active, 'carnet activé', 'carnets activés')}.`}>
        Leurs pass valent leur prix dès la remise à une personne.
      </Notice>
    )
  const reason = activationRefusal(commande, Math.max(1, carnetsActivables))
  return reason ? (
    <Notice tone="attente" titre="Activation bloquée.">
      {reason.message}
    </Notice>
  ) : (
    <Notice tone="info" titre="Prêt à activer.">
      L’opérateur peut activer {plural(carnetsActivables, 'carnet')} dès maintenant.
    </Notice>
  )
}

/** Why the pass are not worth anything yet, although it is the operator who activates (ux.md A13). */
export const ActivationPanel = ({ commande }: { commande: Commande }) => {
  if (commande.statut === 'annulee') return null
  return (
    <Card titre="Activation des pass">
      <p className="doux">L’opérateur active les carnets reçus, dans la limite des fonds reçus. Avant, un pass ne vaut rien.</p>
      <DefinitionList
        items={[
          { terme: 'Carnets reçus, à activer', valeur: formatNumber(commande.carnetsActivables) },
          { terme: 'Leur valeur', valeur: euros(activableCentimes(commande)) },
          { terme: 'Fonds reçus, pas engagés', valeur: euros(commande.fondsCentimes ?? 0) },
        ]}
      />
      <State commande={commande} />
      <p>
        <Link to={paths.grandLivre({ conventionId: commande.convention.id, nature: 'fonds' })} className="suite">
          Voir le compte des fonds
          <ArrowRight aria-hidden="true" />
        </Link>
      </p>
    </Card>
  )
}
