import type { CompteBancaire } from '@pass/contracts/comptes-bancaires.ts'
import { whyNotWithdrawCompte } from '@pass/domain/comptes-bancaires.ts'
import { COMPTE_BANCAIRE_LABELS } from '@pass/domain/comptes.ts'
import { formatInstant, PARIS } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { useSession } from '@pass/web/session.tsx'
import { statutBadge } from '@pass/web/ui/badge.tsx'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { getEcheancier, getMonDu, listComptesBancaires, listUtilisations, proposeCompteBancaire, withdrawCompteBancaire } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({
    page: apiQuery(listComptesBancaires, { query: queryFrom(listComptesBancaires, request) }),
    accepte: apiQuery(listComptesBancaires, { query: { statut: 'accepte' } }),
    propose: apiQuery(listComptesBancaires, { query: { statut: 'propose' } }),
  })

const CompteBadge = statutBadge(COMPTE_BANCAIRE_LABELS, {
  propose: 'attente',
  accepte: 'bien',
  refuse: 'refus',
  remplace: 'neutre',
  retire: 'neutre',
})
/** What a request, made or withdrawn, changes elsewhere. */
const COMPTE_READS = [listComptesBancaires, getEcheancier, getMonDu, listUtilisations]
const instantOf = (at: string) => formatInstant(new Date(at), PARIS)

const Present = ({ compte }: { compte: CompteBancaire | undefined }) => (
  <Card titre="Compte actuel">
    {compte ? (
      <DefinitionList
        items={[
          { terme: 'IBAN', valeur: <span className="code">{compte.ibanMasque}</span> },
          { terme: 'Titulaire', valeur: compte.titulaire },
          { terme: 'BIC', valeur: compte.bic ?? 'Non indiqué' },
          { terme: 'Adresse à prévenir', valeur: compte.contact ?? 'Non indiquée' },
          { terme: 'Accepté le', valeur: compte.accepteAt ? <Instant at={compte.accepteAt} /> : '' },
        ]}
      />
    ) : (
      <p>Aucun compte n’est accepté : vos virements attendent. Proposez un compte.</p>
    )}
  </Card>
)

type WaitingProps = { compte: CompteBancaire; onDone: (compte: CompteBancaire) => void }

const Withdraw = ({ compte, onDone }: WaitingProps) => {
  const whyNot = useWhyNot()
  const withdraw = useApiMutation(withdrawCompteBancaire, { invalidates: COMPTE_READS, onSuccess: onDone })
  return (
    <div>
      <ConfirmDialog
        label="Retirer ce compte"
        disabledReason={whyNot('compte_bancaire:propose', whyNotWithdrawCompte(compte))}
        titre={`Retirer le compte ${compte.ibanMasque} ?`}
        action="Retirer ce compte"
        danger
        onConfirm={() => withdraw.mutateAsync({ params: { compteId: compte.id } })}
      >
        <p>L’opérateur ne le vérifiera plus. Les adresses à prévenir reçoivent un courriel.</p>
        <p>Vous pourrez en proposer un autre aussitôt&nbsp;: les 72 heures recommencent.</p>
      </ConfirmDialog>
    </div>
  )
}

/** Who has to do what, and from when the new account may serve. */
const Waiting = ({ compte, onDone }: WaitingProps) => (
  <Card titre="Compte en vérification">
    <DefinitionList
      items={[
        { terme: 'IBAN', valeur: <span className="code">{compte.ibanMasque}</span> },
        { terme: 'Titulaire', valeur: compte.titulaire },
        { terme: 'Demandé le', valeur: <Instant at={compte.demandeAt} /> },
        {
          terme: 'Vérifié',
          valeur: compte.verifieAt ? <Instant at={compte.verifieAt} /> : 'L’opérateur vérifie le titulaire auprès de la banque.',
        },
        { terme: 'Accepté', valeur: compte.acceptableAt ? `À partir du ${instantOf(compte.acceptableAt)}` : '' },
      ]}
    />
    {compte.bordereauxOuverts > 0 && (
      <Notice tone="info">
        {plural(compte.bordereauxOuverts, 'bordereau est encore à payer', 'bordereaux sont encore à payer')} sur le compte actuel. Le
        nouveau compte sert ensuite.
      </Notice>
    )}
    <p className="doux petit">Si personne chez vous ne l’a demandé, retirez-le et appelez tout de suite l’opérateur.</p>
    <Withdraw compte={compte} onDone={onDone} />
  </Card>
)

const Proposal = ({ onDone }: { onDone: (compte: CompteBancaire) => void }) => {
  const { organisation } = useSession()
  const whyNot = useWhyNot()
  const form = useContractForm(proposeCompteBancaire, {
    defaultValues: { titulaire: organisation.nom, iban: '', bic: '', contact: '' },
    invalidates: COMPTE_READS,
    onSuccess: onDone,
  })
  return (
    <Card titre="Proposer un compte">
      <p>
        L’ancienne et la nouvelle adresse à prévenir reçoivent un courriel. Deux personnes de l’opérateur vérifient, puis acceptent, 72
        heures après votre demande.
      </p>
      <Form form={form}>
        <TextField
          label="Titulaire"
          aide="Comme sur le relevé d’identité bancaire."
          autoComplete="organization"
          {...form.field('titulaire')}
        />
        <TextField label="IBAN" code aide="Exemple : FR76 3000 6000 0112 3456 7890 189." autoComplete="off" {...form.field('iban')} />
        <TextField label="BIC" code facultatif aide="8 ou 11 caractères. Exemple : AGRIFRPP." autoComplete="off" {...form.field('bic')} />
        <TextField
          label="Adresse à prévenir"
          type="email"
          aide="Elle est prévenue de tout changement de ce compte."
          autoComplete="email"
          {...form.field('contact')}
        />
        <SubmitButton disabledReason={whyNot('compte_bancaire:propose')}>Proposer ce compte</SubmitButton>
      </Form>
    </Card>
  )
}

const StatutCell = ({ statut, retireAt }: CompteBancaire) => (
  <>
    <CompteBadge statut={statut} />
    {retireAt && (
      <span className="petit doux sous">
        Le <Instant at={retireAt} />
      </span>
    )}
  </>
)

const COLUMNS: readonly Column<CompteBancaire>[] = [
  { cle: 'iban', titre: 'IBAN', cell: ({ ibanMasque }) => ibanMasque, code: true },
  { cle: 'titulaire', titre: 'Titulaire', cell: ({ titulaire }) => titulaire },
  { cle: 'statut', titre: 'Statut', cell: StatutCell },
  { cle: 'demande', titre: 'Demandé le', cell: ({ demandeAt }) => <Instant at={demandeAt} /> },
  { cle: 'accepte', titre: 'Utilisé du', cell: ({ accepteAt }) => accepteAt && <Instant at={accepteAt} /> },
  { cle: 'fin', titre: 'Au', cell: ({ finAt }) => finAt && <Instant at={finAt} /> },
  { cle: 'motif', titre: 'Motif du refus', cell: ({ motifRefus }) => motifRefus },
]

export const Component = () => {
  const { page, accepte, propose } = useWarmed<typeof loader>()
  const [done, setDone] = useState<CompteBancaire | null>(null)
  const waiting = propose.items[0]
  return (
    <Page
      titre="Compte bancaire"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.virements(), label: 'Virements' },
      ]}
      intro="Les virements de votre structure partent vers ce compte. Son numéro n’est jamais montré en entier."
    >
      {done?.acceptableAt && (
        <Notice tone="bien" live="status" titre="Compte proposé.">
          L’opérateur le vérifie. Il peut l’accepter à partir du {instantOf(done.acceptableAt)}.
        </Notice>
      )}
      {done?.retireAt && (
        <Notice tone="bien" live="status" titre="Compte retiré.">
          Les virements ne changent pas. Vous pouvez proposer un autre compte.
        </Notice>
      )}
      <Columns>
        <Stack>{waiting ? <Waiting compte={waiting} onDone={setDone} /> : <Proposal onDone={setDone} />}</Stack>
        <Stack>
          <Present compte={accepte.items[0]} />
        </Stack>
      </Columns>
      <h2>Historique</h2>
      <DataTable
        caption={plural(page.total ?? page.items.length, 'compte')}
        rows={page.items}
        rowKey={({ id }) => id}
        columns={COLUMNS}
        empty="Aucun compte n’a encore été proposé."
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
