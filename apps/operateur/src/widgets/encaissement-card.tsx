import { type Commande, commandeRoutes } from '@pass/contracts/commandes.ts'
import { type Received, splitEncaissement, whyNotRecordEncaissement } from '@pass/domain/encaissements.ts'
import { euros } from '@pass/domain/money.ts'
import { useContractForm } from '@pass/web/form.ts'
import { today } from '@pass/web/session.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { MoneyField } from '@pass/web/ui/number-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Euros } from '@pass/web/ui/values.tsx'
import { Landmark } from 'lucide-react'
import { type ActProps, MONEY_READS } from './act.ts'
import { useRoleReason } from './role-reason.ts'

const receivedOf = ({ montantCentimes, fraisCentimes, tvaCentimes, encaissements }: Commande): Received => {
  const total = encaissements.reduce((sum, one) => sum + one.montantCentimes, 0)
  const fraisRecusCentimes = encaissements.reduce((sum, one) => sum + one.fraisCentimes, 0)
  return {
    facialCentimes: montantCentimes,
    fraisTtcCentimes: fraisCentimes + tvaCentimes,
    facialRecuCentimes: total - fraisRecusCentimes,
    fraisRecusCentimes,
  }
}

const totalReceived = ({ encaissements }: Commande): number => encaissements.reduce((sum, one) => sum + one.montantCentimes, 0)

const Split = ({ montantCentimes, received }: { montantCentimes: number; received: Received }) => {
  const { fondsCentimes, fraisCentimes } = splitEncaissement(montantCentimes, received)
  return (
    <p className="doux">
      {fraisCentimes === 0
        ? `Tout couvre la valeur des pass : ${euros(fondsCentimes)}.`
        : `Dont ${euros(fondsCentimes)} pour la valeur des pass et ${euros(fraisCentimes)} pour les frais et la TVA.`}
    </p>
  )
}

const EncaissementForm = ({ commande, onDone }: ActProps) => {
  const received = receivedOf(commande)
  const form = useContractForm(commandeRoutes.recordEncaissement, {
    params: { commandeId: commande.id },
    defaultValues: { dateReception: today(), referenceVirement: '' },
    invalidates: MONEY_READS,
    onSuccess: (after, { body }) => {
      form.reset()
      onDone({
        titre: `${euros(body.montantCentimes)} enregistrés.`,
        suite: `Les fonds disponibles pour activer des carnets s’élèvent à ${euros(after.fondsCentimes ?? 0)}.`,
      })
    },
  })
  const montant = form.value('montantCentimes')
  const typed = typeof montant.value === 'number' && montant.value > 0 ? montant.value : 0
  const date: unknown = form.watch('dateReception')
  const dateReception = typeof date === 'string' && date !== '' ? date : today()
  const facts = { statut: commande.statut, montantCentimes: typed, dateReception, ...received }
  const refusal = whyNotRecordEncaissement(facts, today())
  return (
    <Form form={form} label="Enregistrer des fonds reçus">
      <MoneyField label="Montant reçu" {...montant} />
      {typed > 0 && !refusal && <Split montantCentimes={typed} received={received} />}
      <TextField
        label="Référence du virement"
        aide="Telle qu’elle figure sur le relevé de la banque."
        code
        {...form.field('referenceVirement')}
      />
      <DateField label="Date de réception" max={today()} {...form.field('dateReception')} />
      <SubmitButton icon={Landmark} disabledReason={refusal?.message}>
        Enregistrer les fonds
      </SubmitButton>
    </Form>
  )
}

const Act = ({ commande, onDone }: ActProps) => {
  const reason = useRoleReason()('commande:fund')
  if (totalReceived(commande) >= commande.totalCentimes) return <p>Tout le montant de la commande est reçu.</p>
  if (!reason) return <EncaissementForm key={commande.encaissements.length} commande={commande} onDone={onDone} />
  return (
    <Button icon={Landmark} disabledReason={reason}>
      Enregistrer les fonds
    </Button>
  )
}

/** Money received for a commande: the face value of the pass first, the fees afterwards. */
export const EncaissementCard = ({ commande, onDone }: ActProps) => {
  const recu = totalReceived(commande)
  return (
    <Card titre="Fonds reçus">
      <DefinitionList
        items={[
          { terme: 'Total de la commande', valeur: <Euros centimes={commande.totalCentimes} /> },
          { terme: 'Déjà reçu', valeur: <Euros centimes={recu} /> },
          { terme: 'Reste à recevoir', valeur: <Euros centimes={Math.max(0, commande.totalCentimes - recu)} /> },
        ]}
      />
      <Act commande={commande} onDone={onDone} />
    </Card>
  )
}
