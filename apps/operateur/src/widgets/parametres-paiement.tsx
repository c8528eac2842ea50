import { clotureRoutes } from '@pass/contracts/clotures.ts'
import { bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { parametrePaiementRoutes, type ParametresPaiement, type Proposition } from '@pass/contracts/parametres-paiement.ts'
import { whyNotDecideParametres } from '@pass/domain/parametres-paiement.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useSession } from '@pass/web/session.tsx'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { MoneyField } from '@pass/web/ui/number-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Send } from 'lucide-react'
import type { Said } from './act.ts'
import { useRoleReason } from './role-reason.ts'

/** What a decision changes: the settings, and what thresholds and floor say elsewhere. */
const READS = [
  parametrePaiementRoutes.getParametresPaiement,
  clotureRoutes.listClotures,
  clotureRoutes.previewCloture,
  bordereauRoutes.listBordereaux,
  bordereauRoutes.getBordereau,
]

type Props = { onDone: (said: Said) => void }
type Actuels = ParametresPaiement['actuels']

/** The amounts from which a second person, then a third, approve too; the first approves whatever the amount. */
const Thresholds = ({ value, error, onChange }: { value: number[]; error: string | undefined; onChange: (seuils: number[]) => void }) => {
  const set = (rank: number) => (amount: number | undefined) => {
    const next = value.slice(0, rank)
    onChange(amount === undefined ? next : [...next, amount, ...value.slice(rank + 1)])
  }
  return (
    <>
      <MoneyField
        label="Deuxième approbation à partir de"
        aide="Une personne approuve toujours, quel que soit le montant. Laissez vide si elle suffit."
        facultatif
        value={value[1]}
        error={error}
        onChange={set(1)}
      />
      {value.length > 1 && <MoneyField label="Troisième approbation à partir de" facultatif value={value[2]} onChange={set(2)} />}
    </>
  )
}

const ProposeForm = ({ actuels, onDone }: Props & { actuels: Actuels }) => {
  const form = useContractForm(parametrePaiementRoutes.proposeParametres, {
    defaultValues: {
      debiteurNom: actuels?.debiteurNom ?? '',
      debiteurIban: '',
      seuilsCentimes: actuels?.seuilsCentimes ?? [0],
      plancherHebdoCentimes: actuels?.plancherHebdoCentimes ?? null,
    },
    invalidates: READS,
    onSuccess: () =>
      onDone({ titre: 'Changement proposé.', suite: 'Une autre personne de la finance l’accepte ou le refuse. Rien ne change d’ici là.' }),
  })
  const seuils = form.value('seuilsCentimes')
  return (
    <Form form={form} label="Proposer un changement">
      <TextField label="Titulaire du compte débité" aide="Tel que la banque le connaît." {...form.field('debiteurNom')} />
      <TextField
        label={actuels ? 'Nouvel IBAN du compte débité' : 'IBAN du compte débité'}
        {...(actuels && { aide: 'Laissez vide pour garder le compte actuel.' })}
        facultatif={actuels !== null}
        code
        autoComplete="off"
        {...form.field('debiteurIban')}
      />
      <Thresholds value={[...(seuils.value ?? [0])]} error={seuils.error} onChange={seuils.onChange} />
      <MoneyField
        label="Payer à la semaine à partir de"
        aide="Une structure à qui est due cette somme peut être payée chaque semaine. Laissez vide pour payer au mois seulement."
        facultatif
        {...form.value('plancherHebdoCentimes')}
      />
      <SubmitButton icon={Send}>Proposer le changement</SubmitButton>
    </Form>
  )
}

/** The first person: what would change, for somebody else to decide. */
export const ProposeParametres = ({ actuels, onDone }: Props & { actuels: Actuels }) => {
  const reason = useRoleReason()('parametre:set')
  return (
    <Card titre="Proposer un changement">
      {reason ? (
        <Button icon={Send} disabledReason={reason}>
          Proposer le changement
        </Button>
      ) : (
        <ProposeForm actuels={actuels} onDone={onDone} />
      )}
    </Card>
  )
}

/** The second person accepts or refuses what somebody else proposed. */
export const DecideParametres = ({ proposition, onDone }: Props & { proposition: Proposition }) => {
  const { utilisateur } = useSession()
  const roleReason = useRoleReason()('parametre:set')
  const { id, statut, proposePar } = proposition
  const decide = useApiMutation(parametrePaiementRoutes.decideParametres, {
    invalidates: READS,
    onSuccess: ({ statut: now }) =>
      onDone(
        now === 'acceptee'
          ? { titre: 'Paramètres acceptés.', suite: 'Ils valent pour les prochains bordereaux et les prochains virements.' }
          : { titre: 'Changement refusé.', suite: 'Rien ne change. Une autre proposition peut être faite.' },
      ),
  })
  const act = (accord: boolean) => decide.mutateAsync({ params: { propositionId: id }, body: { accord } })
  const reason = roleReason ?? whyNotDecideParametres({ statut, proposePar: proposePar.id, par: utilisateur.id })?.message
  return (
    <ButtonRow>
      <ConfirmDialog
        label="Accepter"
        variant="principal"
        disabledReason={reason}
        titre="Accepter ces paramètres ?"
        action="Accepter les paramètres"
        onConfirm={() => act(true)}
      >
        <p>Les prochains virements partiront du compte {proposition.debiteurIban}.</p>
      </ConfirmDialog>
      {!reason && (
        <ConfirmDialog label="Refuser" titre="Refuser ce changement ?" action="Refuser le changement" onConfirm={() => act(false)}>
          <p>Les paramètres en vigueur ne changent pas.</p>
        </ConfirmDialog>
      )}
    </ButtonRow>
  )
}
