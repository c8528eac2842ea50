import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { euros, formatNumber, plural } from '@pass/domain/money.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { activableNow, activationRefusal } from '@pass/web/modules/commandes/activation-reason.ts'
import { activableCentimes } from '@pass/web/modules/commandes/next-step.ts'
import { ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { NumberField } from '@pass/web/ui/number-field.tsx'
import { Euros } from '@pass/web/ui/values.tsx'
import { BadgeCheck } from 'lucide-react'
import { useState } from 'react'
import { type ActProps, MONEY_READS } from './act.ts'
import { useRoleReason } from './role-reason.ts'

type ButtonProps = ActProps & { carnets: number }

const useReason = ({ commande, carnets }: Pick<ButtonProps, 'commande' | 'carnets'>): string | null => {
  const reasonOf = useRoleReason()
  if (!(carnets >= 1)) return 'Indiquez le nombre de carnets à activer.'
  return reasonOf('commande:activate') ?? activationRefusal(commande, carnets)?.message ?? null
}

const ActivateButton = ({ commande, onDone, carnets }: ButtonProps) => {
  const reason = useReason({ commande, carnets })
  const words = plural(carnets, 'carnet')
  const valeur = euros(carnets * commande.carnetTaille * commande.valeurFacialeCentimes)
  const go = useApiMutation(commandeRoutes.activateCarnets, {
    invalidates: MONEY_READS,
    onSuccess: () =>
      onDone({
        titre: `${plural(carnets, 'carnet activé', 'carnets activés')}.`,
        suite: 'Leurs pass valent leur montant dès que le carnet est remis à une personne.',
      }),
  })
  return (
    <ButtonRow>
      <ConfirmDialog
        label={`Activer ${words}`}
        variant="principal"
        icon={BadgeCheck}
        disabledReason={reason}
        titre={`Activer ${words} ?`}
        action={`Activer ${words} pour ${valeur}`}
        onConfirm={() => go.mutateAsync({ params: { commandeId: commande.id }, body: { carnets } })}
      >
        <p>
          {`${valeur} passent des fonds reçus aux pass en circulation de la convention ${commande.convention.nom}. Mandat ${commande.numeroMandat ?? ''}.`}
        </p>
      </ConfirmDialog>
    </ButtonRow>
  )
}

const aideOf = (possible: number, activables: number): string =>
  possible >= activables
    ? `${plural(activables, 'carnet reçu attend', 'carnets reçus attendent')}. Les fonds reçus les couvrent tous.`
    : `${plural(activables, 'carnet reçu attend', 'carnets reçus attendent')}. Les fonds reçus permettent d’en activer ${formatNumber(possible)}.`

/** Gives the carnets received their value, as far as the funds go (ux.md A13). */
export const ActivationCard = ({ commande, onDone }: ActProps) => {
  const { carnetsActivables, fondsCentimes } = commande
  const possible = activableNow(commande)
  // everything, or the number that the person prefers: what the funds do not allow is said beside the button
  const [typed, setTyped] = useState<number | undefined>(carnetsActivables)
  const carnets = typed ?? 0
  if (carnetsActivables === 0)
    return (
      <Card titre="Activer les pass">
        <p>Aucun carnet reçu n’attend son activation.</p>
      </Card>
    )
  return (
    <Card titre="Activer les pass">
      <DefinitionList
        items={[
          { terme: 'Valeur des carnets à activer', valeur: <Euros centimes={activableCentimes(commande)} /> },
          { terme: 'Fonds reçus, non engagés', valeur: <Euros centimes={fondsCentimes ?? 0} /> },
          { terme: 'Numéro de mandat', valeur: commande.numeroMandat ?? 'Pas encore indiqué par la collectivité' },
        ]}
      />
      <NumberField
        label="Carnets à activer"
        suffixe="carnets"
        aide={aideOf(possible, carnetsActivables)}
        value={typed}
        onChange={setTyped}
      />
      <ActivateButton key={carnets} commande={commande} onDone={onDone} carnets={carnets} />
    </Card>
  )
}
