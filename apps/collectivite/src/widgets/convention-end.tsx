import { type Convention, conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionEndRoutes } from '@pass/contracts/convention-end.ts'
import { whyNotReport } from '@pass/domain/convention-fin.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { FOLLOWED } from '@pass/web/modules/conventions/followed.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { today } from '@pass/web/session.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'

type Props = { convention: Convention; onDone: (fact: string) => void }
const { reportConvention, settleConvention, closeConvention, terminateConvention } = conventionEndRoutes
const INVALIDATES = [conventionRoutes.getConvention, conventionRoutes.listConventions, ...FOLLOWED]

type Step = {
  route: typeof reportConvention | typeof settleConvention | typeof closeConvention
  titre: string
  texte: string
  label: string
  fait: string
}

const STEPS: Partial<Record<Convention['statut'], Step>> = {
  active: {
    route: reportConvention,
    titre: 'Commencer le bilan',
    texte: 'Après le dernier jour de la convention, quand toutes les commandes sont livrées ou annulées.',
    label: 'Commencer le bilan',
    fait: 'Bilan commencé. Les carnets encore valables continuent ; soldez la convention quand tout est payé.',
  },
  en_bilan: {
    route: settleConvention,
    titre: 'Solder la convention',
    texte: 'Quand les réclamations sont closes et que chaque pass est payé ou crédité en avoir.',
    label: 'Solder la convention',
    fait: 'Convention soldée. Vous pouvez la clore quand ses documents sont rangés.',
  },
  soldee: {
    route: closeConvention,
    titre: 'Clore la convention',
    texte: 'Elle reste lisible, avec son histoire et ses documents. Plus rien n’y change.',
    label: 'Clore la convention',
    fait: 'Convention close.',
  },
}

const NextStep = ({ convention, onDone, step }: Props & { step: Step }) => {
  const whyNot = useWhyNot()
  const act = useApiMutation(step.route, { invalidates: INVALIDATES, onSuccess: () => onDone(step.fait) })
  // commandes under way are counted by the server: its refusal says how many
  const refusal = convention.statut === 'active' ? whyNotReport({ ...convention, commandesEnCours: 0 }, today()) : null
  return (
    <Card titre={step.titre}>
      <p>{step.texte}</p>
      <div>
        <ConfirmDialog
          label={step.label}
          disabledReason={whyNot('convention:end', refusal)}
          titre={`${step.label} ${convention.reference} ?`}
          action={`${step.label} ${convention.reference}`}
          onConfirm={() => act.mutateAsync({ params: { conventionId: convention.id }, body: { motif: null } })}
        >
          <p>{step.texte}</p>
        </ConfirmDialog>
      </div>
    </Card>
  )
}

const Terminate = ({ convention, onDone }: Props) => {
  const whyNot = useWhyNot()
  const [motif, setMotif] = useState('')
  const act = useApiMutation(terminateConvention, {
    invalidates: INVALIDATES,
    onSuccess: () => onDone('Convention résiliée. L’opérateur est prévenu ; les pass déjà remis restent acceptés.'),
  })
  return (
    <Card titre="Résilier la convention">
      <p>Plus aucun carnet ne sera commandé, activé ni remis. Les pass déjà remis restent acceptés et payés.</p>
      <div>
        <ConfirmDialog
          label="Résilier la convention"
          variant="danger"
          danger
          disabledReason={whyNot('convention:end')}
          titre={`Résilier la convention ${convention.reference} ?`}
          action={`Résilier la convention ${convention.reference}`}
          actionReason={motif.trim() === '' ? 'Indiquez d’abord le motif.' : null}
          onConfirm={() => act.mutateAsync({ params: { conventionId: convention.id }, body: { motif: motif.trim() } })}
        >
          <p>Cet acte ne s’annule pas. Un avenant en préparation est abandonné.</p>
          <TextAreaField
            label="Motif"
            aide="Exemple : décision de l’assemblée du 3 mars 2026."
            maxLength={500}
            value={motif}
            onChange={({ target }) => setMotif(target.value)}
            id="motif-resiliation"
          />
        </ConfirmDialog>
      </div>
    </Card>
  )
}

/** What brings a convention to its end, one step at a time, each with why it cannot be done yet. */
export const ConventionEnd = (props: Props) => {
  const { statut } = props.convention
  const step = STEPS[statut]
  return (
    <>
      {step && <NextStep {...props} step={step} />}
      {(statut === 'signee' || statut === 'active') && <Terminate {...props} />}
    </>
  )
}
