import { type Bordereau, bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import {
  approvableStatut,
  type BordereauAction,
  type BordereauStatut,
  whyNotApprove,
  whyNotBordereau,
  whyNotCheck,
  whyNotRelease,
} from '@pass/domain/bordereaux.ts'
import { parisDay } from '@pass/domain/days.ts'
import type { Droit } from '@pass/domain/droits.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import type { Refusal } from '@pass/domain/refusal.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { today, useSession } from '@pass/web/session.tsx'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { BadgeCheck, ClipboardCheck, Landmark, type LucideIcon, Send } from 'lucide-react'
import { BORDEREAU_READS, type Said } from './act.ts'
import { hasReached } from './bordereau-steps.tsx'
import { useRoleReason } from './role-reason.ts'

type Props = { bordereau: Bordereau; onDone: (said: Said) => void }

type Act = {
  action: Exclude<BordereauAction, 'close' | 'pay' | 'reject'>
  fait: BordereauStatut
  droit: Droit
  route: (typeof bordereauRoutes)['checkBordereau' | 'approveBordereau' | 'releaseBordereau']
  label: string
  icon: LucideIcon
  /** What the act means, before it is confirmed. */
  sens: string
  said: Said
}

const ACTS: readonly Act[] = [
  {
    action: 'check',
    fait: 'controle',
    droit: 'bordereau:check',
    route: bordereauRoutes.checkBordereau,
    label: 'Contrôler',
    icon: ClipboardCheck,
    sens: 'Vous confirmez avoir comparé les lignes, les sous-totaux et le compte de la structure.',
    said: { titre: 'Bordereau contrôlé.', suite: 'Une autre personne l’approuve maintenant.' },
  },
  {
    action: 'approve',
    fait: 'approuve',
    droit: 'bordereau:approve',
    route: bordereauRoutes.approveBordereau,
    label: 'Approuver',
    icon: BadgeCheck,
    sens: 'Votre approbation autorise le virement. Une troisième personne le transmet à la banque.',
    said: { titre: 'Bordereau approuvé.', suite: 'Une troisième personne le transmet maintenant à la banque.' },
  },
  {
    action: 'release',
    fait: 'transmis',
    droit: 'bordereau:release',
    route: bordereauRoutes.releaseBordereau,
    label: 'Transmettre à la banque',
    icon: Send,
    sens: 'Le fichier SEPA est figé : il ne peut plus être changé.',
    said: { titre: 'Virement transmis.', suite: 'Déposez le fichier SEPA à la banque, puis constatez le paiement.' },
  },
]

const saidOf = ({ action, said }: Act, { statut, approbations }: Bordereau): Said =>
  action === 'approve' && statut === 'controle' && approbations
    ? {
        titre: `Approbation ${approbations.donnees} sur ${approbations.demandees} donnée.`,
        suite: 'Ce montant demande encore l’approbation d’une autre personne.',
      }
    : said

const refusalOf = (action: Act['action'], bordereau: Bordereau, acteur: string): Refusal | null => {
  const { acteurs, approbations, montantCentimes } = bordereau
  const needed = approbations?.demandees ?? 1
  const statut =
    action === 'approve' ? approvableStatut({ statut: bordereau.statut, approuvePar: acteurs.approuve }, needed) : bordereau.statut
  const actors = { statut, arretePar: acteurs.arrete, controlePar: acteurs.controle, approuvePar: acteurs.approuve, acteur }
  if (action === 'check') return whyNotCheck(actors)
  return action === 'approve'
    ? whyNotApprove(actors)
    : whyNotRelease(actors, { montantCentimes, seuilsCentimes: Array.from({ length: needed }, () => 0) })
}

const ActButton = ({ act, bordereau, onDone }: Props & { act: Act }) => {
  const { utilisateur } = useSession()
  const reasonOf = useRoleReason()
  const go = useApiMutation(act.route, { invalidates: BORDEREAU_READS, onSuccess: (done) => onDone(saidOf(act, done)) })
  const reason = reasonOf(act.droit) ?? refusalOf(act.action, bordereau, utilisateur.id)?.message ?? null
  const { reference, pass, montantCentimes, structure } = bordereau
  return (
    <ButtonRow>
      <ConfirmDialog
        label={act.label}
        variant={reason ? 'second' : 'principal'}
        icon={act.icon}
        disabledReason={reason}
        titre={`${act.label} : bordereau ${reference}`}
        action={`${act.label} ${euros(montantCentimes)}`}
        onConfirm={() => go.mutateAsync({ params: { bordereauId: bordereau.id } })}
      >
        <p>
          <strong>{`${structure.nom}, ${pluralPass(pass)}, ${euros(montantCentimes)}.`}</strong> {act.sens}
        </p>
      </ConfirmDialog>
    </ButtonRow>
  )
}

const sentDay = ({ etapes }: Bordereau): string | undefined => {
  const last = etapes.at(-1)
  return last && parisDay(new Date(last.at))
}

const PayForm = ({ bordereau, onDone }: Props) => {
  const form = useContractForm(bordereauRoutes.payBordereau, {
    params: { bordereauId: bordereau.id },
    defaultValues: { dateBanque: today() },
    invalidates: BORDEREAU_READS,
    onSuccess: ({ structure, montantCentimes }) =>
      onDone({ titre: 'Paiement constaté.', suite: `${structure.nom} a reçu ${euros(montantCentimes)}.` }),
  })
  return (
    <Form form={form} label="Constater le paiement">
      <DateField
        label="Date d’exécution"
        aide="Telle que la donne le relevé de la banque."
        min={sentDay(bordereau)}
        max={today()}
        {...form.field('dateBanque')}
      />
      <SubmitButton icon={Landmark}>Constater le paiement</SubmitButton>
    </Form>
  )
}

const PayAct = (props: Props) => {
  const reason = useRoleReason()('bordereau:pay') ?? whyNotBordereau('pay', props.bordereau.statut)?.message
  if (!reason) return <PayForm {...props} />
  return (
    <Button variant="second" icon={Landmark} disabledReason={reason}>
      Constater le paiement
    </Button>
  )
}

/** Still to be done: an approval too, when the amount asks for another person. */
const isLeft = ({ action, fait }: Act, bordereau: Bordereau): boolean => {
  const { statut, approbations } = bordereau
  if (action === 'approve' && statut === 'approuve' && approbations && approbations.donnees < approbations.demandees) return true
  return !hasReached(bordereau, fait)
}

/** What is left to do, each act with the reason it waits for: the role, the statut, or another person (ux.md A41). */
export const BordereauActs = ({ bordereau, onDone }: Props) => {
  if (bordereau.statut === 'paye' || bordereau.statut === 'rejete') return null
  return (
    <Card titre="Ce qui reste à faire">
      <p className="doux">Trois personnes différentes préparent, approuvent et transmettent.</p>
      {ACTS.filter((act) => isLeft(act, bordereau)).map((act) => (
        <ActButton key={act.action} act={act} bordereau={bordereau} onDone={onDone} />
      ))}
      <PayAct bordereau={bordereau} onDone={onDone} />
    </Card>
  )
}
