import type { Appareil } from '@pass/contracts/guichet.ts'
import { formatInstant, PARIS } from '@pass/domain/days.ts'
import { apiQuery, useAct, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { useCan, useSession } from '@pass/web/session.tsx'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Card, Stack } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { type FormEvent, useState } from 'react'
import { listAppareils, revokeAppareil } from '../calls.ts'
import { declareDevice } from '../offline/engine.ts'
import { useGuichet } from '../offline/state.ts'
import { paths } from '../paths.ts'

export const loader = () => warm({ liste: apiQuery(listAppareils, {}) })

const EXAMPLE = 'Nommez cet appareil. Exemple\u00a0: Téléphone de l’accueil.'

/** A name that tells two phones apart. */
const NameForm = () => {
  const session = useSession()
  const { appareil } = useGuichet()
  const [nom, setNom] = useState(appareil?.nom ?? '')
  const [done, setDone] = useState(false)
  const name = useAct(async () => {
    await declareDevice(session, nom.trim())
    setDone(true)
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (nom.trim()) name.mutate()
  }
  return (
    <form noValidate className="pile" onSubmit={onSubmit}>
      <TextField
        label="Nom de cet appareil"
        aide="Exemple&nbsp;: Téléphone de l’accueil."
        value={nom}
        maxLength={80}
        autoComplete="off"
        error={nom.trim() ? name.error?.message : EXAMPLE}
        onChange={({ target }) => {
          setNom(target.value)
          setDone(false)
        }}
      />
      {done && (
        <Notice tone="bien" live="status">
          Nom enregistré.
        </Notice>
      )}
      <div>
        <Button type="submit" variant="second" pending={name.isPending}>
          Enregistrer le nom
        </Button>
      </div>
    </form>
  )
}

const ThisDevice = () => {
  const { appareil } = useGuichet()
  if (!appareil || appareil.etat === 'inconnu') return null
  return (
    <Card titre="Cet appareil">
      {appareil.etat === 'revoque' ? (
        <Notice tone="refus">Cet appareil a été révoqué&nbsp;: il ne garde plus de pass sans réseau.</Notice>
      ) : (
        <NameForm key={appareil.id} />
      )}
    </Card>
  )
}

const Revoke = ({ appareil }: { appareil: Appareil }) => {
  const revoke = useApiMutation(revokeAppareil, { invalidates: [listAppareils] })
  const can = useCan()
  if (!can('lieu:serve') || appareil.revoqueAt) return null
  return (
    <ConfirmDialog
      label={`Révoquer ${appareil.nom}`}
      variant="lien"
      danger
      titre={`Révoquer «\u00a0${appareil.nom}\u00a0»\u00a0?`}
      action="Révoquer l’appareil"
      onConfirm={() => revoke.mutateAsync({ params: { appareilId: appareil.id } })}
    >
      <p>Les pass qu’il lira sans réseau à partir de maintenant seront refusés. Ceux qu’il a déjà lus seront jugés comme les autres.</p>
    </ConfirmDialog>
  )
}

const Row = ({ appareil, mine }: { appareil: Appareil; mine: boolean }) => (
  <li className="appareil">
    <h3>{appareil.nom}</h3>
    <p className="petit doux">
      Déclaré par {appareil.par} le {formatInstant(new Date(appareil.creeAt), PARIS)}, vu le {formatInstant(new Date(appareil.vuAt), PARIS)}
    </p>
    {mine && <Badge tone="info">Cet appareil</Badge>}
    {appareil.revoqueAt && <Badge tone="refus">Révoqué le {formatInstant(new Date(appareil.revoqueAt), PARIS)}</Badge>}
    <Revoke appareil={appareil} />
  </li>
)

export const Component = () => {
  const { liste } = useWarmed<typeof loader>()
  const { appareil } = useGuichet()
  return (
    <Page
      titre="Appareils du guichet"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.guichet(), label: 'Guichet' },
      ]}
      intro="Les téléphones et ordinateurs qui peuvent lire des pass sans réseau. Révoquez celui qui est perdu."
      etroit
    >
      <Stack>
        <ThisDevice />
        <Card titre="Appareils de la structure">
          {liste.items.length === 0 ? (
            <EmptyState titre="Aucun appareil">Un appareil se déclare de lui-même à la première ouverture du guichet.</EmptyState>
          ) : (
            <ul className="appareils">
              {liste.items.map((one) => (
                <Row key={one.id} appareil={one} mine={one.id === appareil?.id} />
              ))}
            </ul>
          )}
        </Card>
      </Stack>
    </Page>
  )
}
