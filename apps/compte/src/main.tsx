import { mountApp } from '@pass/web/app.tsx'
import { Bell, Building2, Eye, KeyRound, Monitor, ScrollText, UserRound, UserX, UsersRound } from 'lucide-react'
import { paths } from './paths.ts'
import { routes } from './routes.tsx'
import './styles.css'

mountApp({
  role: 'compte',
  titre: 'Mon compte',
  menu: [
    { to: paths.accueil(), label: 'Mon compte', icon: UserRound, end: true, court: 'Compte' },
    { to: paths.securite(), label: 'Sécurité', icon: KeyRound },
    { to: paths.notifications(), label: 'Notifications', icon: Bell, court: 'Nouvelles' },
    { to: paths.equipe(), label: 'Équipe', icon: UsersRound, droit: 'membre:manage' },
    { to: paths.journal(), label: 'Journal', icon: ScrollText, droit: 'journal:read' },
    { to: paths.postes(), label: 'Postes partagés', icon: Monitor, droit: 'poste:manage' },
    { to: paths.organisations(), label: 'Organisations', icon: Building2, droit: 'organisation:create' },
    { to: paths.comptes(), label: 'Désactiver un compte', icon: UserX, droit: 'utilisateur:disable' },
    { to: paths.assistance(), label: 'Assistance', icon: Eye, droit: 'consultation:read' },
  ],
  routes,
})
