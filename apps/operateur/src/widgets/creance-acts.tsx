import { type Creance, creanceRoutes } from '@pass/contracts/creances.ts'
import { AVIS, type Avis, AVIS_LABELS, whyNotDecide, whyNotExamine, whyNotPayCreance } from '@pass/domain/creances.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { today, useSession } from '@pass/web/session.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextAreaField, TextField } from '@pass/web/ui/text-field.tsx'
import { Landmark, Scale, SearchCheck } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { CREANCE_READS } from './reprise-calls.ts'
import { useRoleReason } from './role-reason.ts'

const { examineCreance, decideCreance, payCreance } = creanceRoutes
type Props = { creance: Creance }

const DETAILS: Record<Avis, string> = { accepter: 'Payer ce qui est retenu.', refuser: 'Ne rien payer.' }
const TILES = AVIS.map((value) => ({ value, label: AVIS_LABELS[value], detail: DETAILS[value] }))

const useAvis = () => {
  const [avis, setAvis] = useState<Avis | null>(null)
  const [motif, setMotif] = useState('')
  const fields = (legende: string, name: string): ReactNode => (
    <>
      <RadioTiles
        legende={legende}
        name={name}
        options={TILES}
        choisi={avis}
        onChange={({ target }) => setAvis(AVIS.find((one) => one === target.value) ?? null)}
      />
      <TextAreaField
        label="Motif"
        aide="Ce que les preuves montrent. Sans nom de personne."
        rows={3}
        maxLength={500}
        value={motif}
        onChange={({ target }) => setMotif(target.value)}
      />
    </>
  )
  return { avis, motif: motif.trim(), fields }
}

const Examine = ({ creance }: Props) => {
  const { avis, motif, fields } = useAvis()
  const examine = useApiMutation(examineCreance, { invalidates: CREANCE_READS })
  const roleReason = useRoleReason()('creance:examine')
  const facts = { statut: creance.statut, pieces: creance.pieces.length, retenus: creance.retenables?.pass ?? 0 }
  const actionReason =
    avis === null ? 'Choisissez un avis.' : (whyNotExamine({ ...facts, avis })?.message ?? (motif === '' ? 'Dites pourquoi.' : null))
  return (
    <ConfirmDialog
      label={creance.statut === 'declaree' ? 'Examiner' : 'Examiner de nouveau'}
      variant={creance.statut === 'declaree' ? 'principal' : 'second'}
      icon={SearchCheck}
      disabledReason={roleReason ?? whyNotExamine({ ...facts, avis: 'refuser' })?.message}
      titre={`Examiner la créance ${creance.reference}`}
      action="Donner cet avis"
      actionReason={actionReason}
      onConfirm={async () => {
        if (avis) await examine.mutateAsync({ params: { creanceId: creance.id }, body: { avis, motif } })
      }}
    >
      <Retained creance={creance} />
      {fields('Votre avis', 'avis-examen')}
    </ConfirmDialog>
  )
}

const Retained = ({ creance: { retenables, pass } }: Props) =>
  retenables && (
    <p>
      D’après les reprises : {pluralPass(retenables.pass)} sur {pass} restés impayés, soit {euros(retenables.montantCentimes)}. Fonds de la
      convention : {euros(retenables.fondsCentimes)}.
    </p>
  )

const Decide = ({ creance }: Props) => {
  const { utilisateur } = useSession()
  const { avis, motif, fields } = useAvis()
  const decide = useApiMutation(decideCreance, { invalidates: CREANCE_READS })
  const roleReason = useRoleReason()('creance:decide')
  const { retenables } = creance
  const facts = {
    statut: creance.statut,
    examineePar: creance.examen?.par?.id ?? null,
    par: utilisateur.id,
    retenuCentimes: retenables?.montantCentimes ?? 0,
    fondsCentimes: retenables?.fondsCentimes ?? 0,
  }
  const chosen = avis === null ? 'Acceptez ou refusez.' : (whyNotDecide({ ...facts, avis })?.message ?? null)
  return (
    <ConfirmDialog
      label="Décider"
      variant="principal"
      icon={Scale}
      disabledReason={roleReason ?? whyNotDecide({ ...facts, avis: 'refuser' })?.message}
      titre={`Décider la créance ${creance.reference}`}
      action="Enregistrer la décision"
      actionReason={chosen ?? (avis === 'refuser' && motif === '' ? 'Dites à la structure pourquoi.' : null)}
      onConfirm={async () => {
        if (avis) await decide.mutateAsync({ params: { creanceId: creance.id }, body: { avis, motif: motif || null } })
      }}
    >
      <Retained creance={creance} />
      {fields('Décision', 'avis-decision')}
    </ConfirmDialog>
  )
}

const Pay = ({ creance }: Props) => {
  const { utilisateur } = useSession()
  const roleReason = useRoleReason()('creance:pay')
  const form = useContractForm(payCreance, {
    params: { creanceId: creance.id },
    defaultValues: { reference: '', dateBanque: today() },
    invalidates: CREANCE_READS,
  })
  const refusal = whyNotPayCreance({ statut: creance.statut, decideePar: creance.decision?.par?.id ?? null, par: utilisateur.id })
  const reason = roleReason ?? refusal?.message
  if (reason)
    return (
      <Button icon={Landmark} disabledReason={reason}>
        Noter le paiement
      </Button>
    )
  return (
    <Form form={form} label="Noter le paiement">
      <TextField label="Référence du virement" aide="Telle qu’elle figure sur le relevé de la banque." code {...form.field('reference')} />
      <DateField label="Date à la banque" max={today()} {...form.field('dateBanque')} />
      <SubmitButton icon={Landmark}>Noter le paiement de {euros(creance.retenuCentimes ?? 0)}</SubmitButton>
    </Form>
  )
}

/** The next act of a claim, and whose it is. */
export const CreanceActs = ({ creance }: Props) => {
  const { statut } = creance
  if (statut === 'payee' || statut === 'refusee') return null
  return (
    <Card titre="À faire">
      <div className="pile">
        {statut === 'acceptee' ? (
          <Pay creance={creance} />
        ) : (
          <>
            <Retained creance={creance} />
            <div className="boutons">
              {statut === 'examinee' && <Decide creance={creance} />}
              <Examine creance={creance} />
            </div>
          </>
        )}
      </div>
    </Card>
  )
}
