import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { type Facture, factureRoutes } from '@pass/contracts/factures.ts'
import {
  FACTURE_LABELS,
  FACTURE_NATURE_LABELS,
  FACTURE_SUITES,
  FACTURE_SUIVI_LABELS,
  factureMachine,
  type FactureSuivi,
  needsMotif,
  suivisOf,
} from '@pass/domain/factures.ts'
import { useState } from 'react'
import { useApiMutation } from '../../api.ts'
import { useWhyNot } from '../../reason.ts'
import { useSession } from '../../session.tsx'
import { ButtonRow } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { TextAreaField } from '../../ui/text-field.tsx'

/** What an act on a document changes elsewhere. */
export const FACTURE_READS = [
  factureRoutes.getFacture,
  factureRoutes.listFactures,
  commandeRoutes.getCommande,
  commandeRoutes.listCommandes,
  accueilRoutes.getAccueil,
]

type Props = { facture: Facture; onDone: (fact: string) => void }

const EXAMPLES: Partial<Record<FactureSuivi, string>> = {
  suspend: 'Exemple : il manque le bon de livraison.',
  recycle: 'Exemple : le numéro d’engagement est faux.',
  reject: 'Exemple : cette facture a déjà été payée.',
}

const CONSEQUENCES: Record<FactureSuivi, string> = {
  deliver: 'Le document est entre les mains de la collectivité.',
  suspend: 'L’opérateur est prévenu de ce qui manque.',
  resume: 'Le traitement reprend là où il s’était arrêté.',
  recycle: 'Le document garde son numéro. Il revient une fois corrigé.',
  redeposit: 'Le document reprend les références de la commande et garde son numéro.',
  reject: 'Le document est clos. Une nouvelle facture portera un nouveau numéro.',
}

const FollowButton = ({ facture, action, first, onDone }: Props & { action: FactureSuivi; first: boolean }) => {
  const whyNot = useWhyNot()
  const [motif, setMotif] = useState('')
  const go = useApiMutation(factureRoutes.followFacture, {
    invalidates: FACTURE_READS,
    onSuccess: ({ statut }) => onDone(`Statut « ${FACTURE_LABELS[statut]} » enregistré. ${FACTURE_SUITES[statut]}`),
  })
  const label = FACTURE_SUIVI_LABELS[action]
  const asks = needsMotif(action)
  return (
    <ConfirmDialog
      label={label}
      variant={first ? 'principal' : 'second'}
      disabledReason={whyNot('facture:follow')}
      titre={`${label} : ${FACTURE_NATURE_LABELS[facture.nature].toLowerCase()} ${facture.numero} ?`}
      action={label}
      danger={action === 'reject'}
      actionReason={asks && motif.trim() === '' ? 'Indiquez d’abord le motif.' : null}
      onConfirm={() => go.mutateAsync({ params: { factureId: facture.id }, body: { action, motif: asks ? motif : null } })}
    >
      <p>{CONSEQUENCES[action]}</p>
      {asks && (
        <TextAreaField
          label="Motif"
          aide={EXAMPLES[action]}
          rows={2}
          maxLength={300}
          value={motif}
          onChange={({ target }) => setMotif(target.value)}
        />
      )}
    </ConfirmDialog>
  )
}

/** What comes next for a document, and what this party may record of it now. */
export const FactureFollow = ({ facture, onDone }: Props) => {
  const { organisation } = useSession()
  const moves = suivisOf(facture.statut, organisation.type)
  return (
    <Card titre="Suite">
      <p>{FACTURE_SUITES[facture.statut]}</p>
      {moves.length > 0 && (
        <ButtonRow>
          {moves.map((action, rank) => (
            <FollowButton
              key={action}
              facture={facture}
              action={action}
              first={rank === 0 && factureMachine[action].to !== 'rejetee'}
              onDone={onDone}
            />
          ))}
        </ButtonRow>
      )}
    </Card>
  )
}
