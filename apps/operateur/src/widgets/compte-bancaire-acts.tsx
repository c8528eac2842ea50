import type { CompteBancaire } from '@pass/contracts/comptes-bancaires.ts'
import {
  type Verification,
  VERIFICATION_LABELS,
  VERIFICATIONS,
  whyNotAcceptCompte,
  whyNotCheckCompte,
  whyNotRefuseCompte,
} from '@pass/domain/comptes-bancaires.ts'
import { formatIban } from '@pass/domain/iban.ts'
import { call, useAct, useApiMutation } from '@pass/web/api.ts'
import { now, useSession } from '@pass/web/session.tsx'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import type { Said } from './act.ts'
import { acceptCompteBancaire, checkCompteBancaire, COMPTE_READS, readIban, refuseCompteBancaire } from './comptes-bancaires-calls.ts'
import { useRoleReason } from './role-reason.ts'

type Props = { compte: CompteBancaire; onDone: (said: Said) => void }

const DETAILS: Record<Verification, string> = {
  conforme: 'La banque confirme le nom du titulaire.',
  proche: 'Le nom diffère un peu : sigle, orthographe.',
  differente: 'Le compte est à quelqu’un d’autre : il ne peut pas être accepté.',
  indisponible: 'La banque ne répond pas : comparez avec le relevé d’identité bancaire.',
}
const TILES = VERIFICATIONS.map((value) => ({ value, label: VERIFICATION_LABELS[value], detail: DETAILS[value] }))

const factsOf = ({ statut, demandeAt, examen }: CompteBancaire) => ({
  statut,
  demandeAt: new Date(demandeAt),
  proposePar: examen?.proposePar?.id ?? null,
  verifiePar: examen?.verifiePar?.id ?? null,
  verification: examen?.verification ?? null,
})

/** The whole number, on demand: the reading is noted in the journal. */
const WholeIban = ({ compte }: { compte: CompteBancaire }) => {
  const read = useAct(() => call(readIban, { params: { compteId: compte.id } }))
  if (read.data)
    return (
      <p>
        IBAN : <strong className="code insecable">{formatIban(read.data.iban)}</strong>
      </p>
    )
  return (
    <>
      <Button variant="second" pending={read.isPending} onClick={() => read.mutate()}>
        Afficher l’IBAN entier
      </Button>
      <p className="doux petit">Cette lecture est notée au journal.</p>
      <RefusalNotice error={read.error} />
    </>
  )
}

const Check = ({ compte, onDone }: Props) => {
  const roleReason = useRoleReason()('compte_bancaire:check')
  const { utilisateur } = useSession()
  const [verification, setVerification] = useState<Verification | null>(null)
  const check = useApiMutation(checkCompteBancaire, { invalidates: COMPTE_READS })
  const onConfirm = async () => {
    if (verification === null) return
    await check.mutateAsync({ params: { compteId: compte.id }, body: { verification } })
    onDone({ titre: 'Vérification notée.', suite: `${VERIFICATION_LABELS[verification]}. Une autre personne accepte ou refuse le compte.` })
  }
  return (
    <ConfirmDialog
      label="Vérifier le titulaire"
      variant={compte.examen?.verifiePar ? 'second' : 'principal'}
      disabledReason={roleReason ?? whyNotCheckCompte(factsOf(compte), utilisateur.id)?.message}
      titre={`Vérifier le compte de ${compte.structure.nom}`}
      action="Noter la vérification"
      actionReason={verification === null ? 'Indiquez ce que la banque répond.' : null}
      onConfirm={onConfirm}
    >
      <p>Demandez à la banque si le titulaire de ce compte est « {compte.titulaire} ».</p>
      <WholeIban compte={compte} />
      <RadioTiles
        legende="Réponse de la banque"
        name="verification"
        options={TILES}
        choisi={verification}
        onChange={({ target }) => setVerification(VERIFICATIONS.find((one) => one === target.value) ?? null)}
      />
    </ConfirmDialog>
  )
}

const Accept = ({ compte, onDone }: Props) => {
  const roleReason = useRoleReason()('compte_bancaire:accept')
  const { utilisateur } = useSession()
  const accept = useApiMutation(acceptCompteBancaire, { invalidates: COMPTE_READS })
  const refusal = whyNotAcceptCompte(factsOf(compte), { acteur: utilisateur.id, now: now(), bordereauxOuverts: compte.bordereauxOuverts })
  const onConfirm = async () => {
    await accept.mutateAsync({ params: { compteId: compte.id } })
    onDone({ titre: 'Compte accepté.', suite: 'Les prochains bordereaux de cette structure sont payés sur ce compte.' })
  }
  return (
    <ConfirmDialog
      label="Accepter le compte"
      disabledReason={roleReason ?? refusal?.message}
      titre={`Accepter le compte de ${compte.structure.nom} ?`}
      action="Accepter le compte"
      onConfirm={onConfirm}
    >
      <p>
        Les prochains virements partent vers <span className="code insecable">{compte.ibanMasque}</span>, au nom de « {compte.titulaire} ».
      </p>
    </ConfirmDialog>
  )
}

const Refuse = ({ compte, onDone }: Props) => {
  const roleReason = useRoleReason()('compte_bancaire:check')
  const [motif, setMotif] = useState('')
  const refuse = useApiMutation(refuseCompteBancaire, { invalidates: COMPTE_READS })
  const onConfirm = async () => {
    await refuse.mutateAsync({ params: { compteId: compte.id }, body: { motif: motif.trim() } })
    onDone({ titre: 'Compte refusé.', suite: 'La structure lit le motif et peut proposer un autre compte.' })
  }
  return (
    <ConfirmDialog
      label="Refuser le compte"
      danger
      disabledReason={roleReason ?? whyNotRefuseCompte(compte)?.message}
      titre={`Refuser le compte de ${compte.structure.nom} ?`}
      action="Refuser le compte"
      actionReason={motif.trim() ? null : 'Indiquez pourquoi : la structure lira ce motif.'}
      onConfirm={onConfirm}
    >
      <TextAreaField label="Motif" rows={3} maxLength={300} value={motif} onChange={({ target }) => setMotif(target.value)} />
    </ConfirmDialog>
  )
}

/** What can be done with a request; each button says who may, and why not yet. */
export const CompteBancaireActs = (props: Props) => (
  <ButtonRow>
    <Check {...props} />
    <Accept {...props} />
    <Refuse {...props} />
  </ButtonRow>
)
