import { type Poste, posteRoutes } from '@pass/contracts/postes.ts'
import { INACTIVITE_GUICHET_MINUTES } from '@pass/domain/acces.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { setSession, useSession } from '@pass/web/session.tsx'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { Monitor } from 'lucide-react'
import { FIL } from '../paths.ts'
import { useSay, WithDone } from '../widgets/done.tsx'

const { listPostes, revokePoste, trustPoste } = posteRoutes

export const loader = () => warm({ postes: apiQuery(listPostes, {}) })

const Revoke = ({ poste: { id, nom } }: { poste: Poste }) => {
  const say = useSay()
  const revoke = useApiMutation(revokePoste, {
    invalidates: [listPostes],
    onSuccess: () => say({ titre: `Le poste « ${nom} » n’est plus partagé.`, suite: 'Ses sessions se ferment à leur prochaine action.' }),
  })
  return (
    <ConfirmDialog
      label={
        <>
          Retirer<span className="hors-ecran">{` le poste ${nom}`}</span>
        </>
      }
      titre={`Retirer le poste « ${nom} » ?`}
      action="Retirer ce poste"
      danger
      onConfirm={() => revoke.mutateAsync({ params: { posteId: id } })}
    >
      <p>Les sessions ouvertes sur cet ordinateur se ferment. Plus personne n’y entre par son code.</p>
    </ConfirmDialog>
  )
}

const COLUMNS: readonly Column<Poste>[] = [
  {
    cle: 'nom',
    titre: 'Poste',
    cell: ({ nom, cePoste }) => (
      <>
        <strong>{nom}</strong> {cePoste && <Badge tone="info">Celui-ci</Badge>}
      </>
    ),
  },
  { cle: 'par', titre: 'Ajouté par', cell: (row) => row.par },
  { cle: 'cree', titre: 'Ajouté le', cell: (row) => <Instant at={row.creeAt} /> },
  { cle: 'vu', titre: 'Servi le', cell: (row) => <Instant at={row.vuAt} /> },
  { cle: 'retirer', titre: 'Agir', cell: (row) => <Revoke poste={row} /> },
]

const TrustForm = () => {
  const say = useSay()
  const form = useContractForm(trustPoste, {
    defaultValues: { nom: '' },
    invalidates: [listPostes],
    onSuccess: (session, { body }) => {
      setSession(session)
      say({
        titre: `Ce navigateur est le poste « ${body.nom} ».`,
        suite: `La session s’y ferme après ${INACTIVITE_GUICHET_MINUTES} minutes sans action. Chacun y choisit son code dans « Sécurité ».`,
      })
      form.reset({ nom: '' })
    },
  })
  return (
    <Form form={form} label="Faire de ce navigateur un poste partagé">
      <TextField label="Nom du poste" aide="Exemple : Accueil, guichet 2." {...form.field('nom')} />
      <SubmitButton icon={Monitor}>Faire de ce navigateur un poste partagé</SubmitButton>
    </Form>
  )
}

const ThisOne = () => {
  const { poste } = useSession()
  if (poste)
    return (
      <Notice tone="info" titre={`Vous êtes sur le poste « ${poste.nom} ».`}>
        Par le menu à votre nom, « Verrouiller le poste » laisse la place à la personne suivante.
      </Notice>
    )
  return (
    <Card titre="Ajouter ce navigateur">
      <p>
        {`Au guichet, plusieurs personnes se servent du même ordinateur. Sur un poste partagé, chacune prend la main par son nom et son code à 6 chiffres, et ne voit rien de la précédente. La session se ferme après ${INACTIVITE_GUICHET_MINUTES} minutes sans action.`}
      </p>
      <TrustForm />
    </Card>
  )
}

export const Component = () => {
  const { postes } = useWarmed<typeof loader>()
  return (
    <Page titre="Postes partagés" fil={FIL} intro="Les ordinateurs de guichet auxquels votre organisation fait confiance.">
      <WithDone>
        <DataTable
          caption={plural(postes.items.length, 'poste partagé', 'postes partagés')}
          rows={postes.items}
          rowKey={(row) => row.id}
          columns={COLUMNS}
          empty={<EmptyState titre="Aucun poste partagé">Depuis l’ordinateur du guichet, ajoutez-le ci-dessous.</EmptyState>}
        />
        <ThisOne />
      </WithDone>
    </Page>
  )
}
